import type { Topic } from '../world/plan.ts'

/** The genres of MovieLens, the most frequent first, with words that films of each are named by. */
export const filmTopics: readonly Topic[] = [
  { name: 'Drama', words: ['Letter', 'Promise', 'Orchard', 'Silence', 'Daughter', 'Return'] },
  { name: 'Comedy', words: ['Wedding', 'Neighbour', 'Holiday', 'Impostor', 'Diet', 'Reunion'] },
  { name: 'Thriller', words: ['Witness', 'Deadline', 'Hostage', 'Signal', 'Cellar', 'Alibi'] },
  { name: 'Action', words: ['Strike', 'Pursuit', 'Vengeance', 'Bullet', 'Convoy', 'Siege'] },
  { name: 'Romance', words: ['Kiss', 'Summer', 'Violin', 'Heart', 'Waltz', 'Farewell'] },
  { name: 'Adventure', words: ['Island', 'Expedition', 'Map', 'Treasure', 'Summit', 'Voyage'] },
  { name: 'Sci-Fi', words: ['Orbit', 'Android', 'Colony', 'Nebula', 'Paradox', 'Beacon'] },
  { name: 'Crime', words: ['Heist', 'Detective', 'Informer', 'Ledger', 'Gang', 'Verdict'] },
  { name: 'Fantasy', words: ['Dragon', 'Wizard', 'Crown', 'Spell', 'Forest', 'Amulet'] },
  { name: 'Children', words: ['Puppy', 'Treehouse', 'Balloon', 'School', 'Kite', 'Bear'] },
  { name: 'Mystery', words: ['Lighthouse', 'Riddle', 'Mask', 'Corridor', 'Cipher', 'Key'] },
  { name: 'Horror', words: ['Crypt', 'Shadow', 'Doll', 'Asylum', 'Curse', 'Swamp'] },
  { name: 'Animation', words: ['Robot', 'Penguin', 'Toy', 'Cloud', 'Mouse', 'Moon'] },
  { name: 'War', words: ['Battalion', 'Bridge', 'Trench', 'Medal', 'Front', 'Armistice'] },
  { name: 'Musical', words: ['Stage', 'Chorus', 'Ballad', 'Curtain', 'Piano', 'Encore'] },
  { name: 'Documentary', words: ['River', 'Archive', 'Glacier', 'Factory', 'Harvest', 'Reef'] },
  { name: 'Western', words: ['Saloon', 'Canyon', 'Sheriff', 'Stagecoach', 'Mustang', 'Frontier'] },
  { name: 'Film-Noir', words: ['Midnight', 'Cigarette', 'Rain', 'Alley', 'Blonde', 'Motive'] },
]
