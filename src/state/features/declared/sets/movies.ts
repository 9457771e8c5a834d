import type { DeclaredSet, NumberForm } from '../declaration.ts'

/** The ratings of a user that are looked back on. */
const last = 100

/** From so many stars on a film is liked. */
const least = 3.5

/** What the data says of a film without genres: a word, for that is known of it. */
const none = '(no genres listed)'

const rounded: NumberForm = { form: 'number', decimals: 2, standardise: true }

/**
 * A catalogue of films and the stars that users give them: the 27 columns of a well-known course on
 * deep rankers, of which rating, time and label are of the example and 24 are given to the model.
 */
export const movies: DeclaredSet = {
  name: 'movies',
  version: 1,
  description: 'Films, their ratings, and the ratings and genres of those who ask',
  vocabularies: {
    // Room for the ids of ml-25m's rated films; 0 is a film, or a user, of whom too little is
    // known.
    movie: { countMax: 30_000 },
    user: { countMax: 200_000, seenMin: 2 },
    genre: {
      words: [
        ...['Film-Noir', 'Action', 'Adventure', 'Horror', 'Romance', 'War', 'Comedy', 'Western'],
        ...['Documentary', 'Sci-Fi', 'Drama', 'Thriller', 'Crime', 'Fantasy', 'Animation', 'IMAX'],
        ...['Mystery', 'Children', 'Musical', none],
      ],
    },
  },
  columns: [
    {
      name: 'movieId',
      description: 'The film',
      source: { from: 'item-id' },
      as: { form: 'category', vocabulary: 'movie' },
    },
    {
      name: 'userId',
      description: 'Who asks',
      source: { from: 'user-id' },
      as: { form: 'category', vocabulary: 'user' },
    },
    {
      name: 'releaseYear',
      description: 'The year in which the film came out',
      source: { from: 'item-number', attribute: 'year' },
      as: { form: 'number', absent: 1990, standardise: true },
    },
    {
      name: 'movieGenre#',
      description: 'The genres of the film, in the order of its record',
      source: { from: 'item-tags', attribute: 'genres', count: 3, none },
      as: { form: 'category', vocabulary: 'genre' },
    },
    {
      name: 'movieRatingCount',
      description: 'Ratings that the film got so far',
      source: { from: 'item-ratings', figure: 'count' },
      as: { form: 'number', log: true, standardise: true },
    },
    {
      name: 'movieAvgRating',
      description: 'Mean of the ratings that the film got so far, in stars',
      source: { from: 'item-ratings', figure: 'mean' },
      as: { ...rounded, absent: least },
    },
    {
      name: 'movieRatingStddev',
      description: 'Standard deviation of the ratings that the film got so far, in stars',
      source: { from: 'item-ratings', figure: 'deviation' },
      as: rounded,
    },
    {
      name: 'userRatedMovie#',
      description: `Films that the user rated ${least} stars or more, the newest first`,
      source: { from: 'user-rated-items', count: 5, last, least },
      as: { form: 'category', vocabulary: 'movie' },
    },
    {
      name: 'userRatingCount',
      description: `Films that the user rated, of the last ${last}`,
      source: { from: 'user-ratings', figure: 'count', last },
      as: { form: 'number', log: true, standardise: true },
    },
    {
      name: 'userAvgReleaseYear',
      description: `Mean year of the last ${last} films that the user rated`,
      source: { from: 'user-rated-number', attribute: 'year', figure: 'mean', last },
      as: { ...rounded, absent: 1990 },
    },
    {
      name: 'userReleaseYearStddev',
      description: `Standard deviation of the years of the last ${last} films that the user rated`,
      source: { from: 'user-rated-number', attribute: 'year', figure: 'deviation', last },
      as: rounded,
    },
    {
      name: 'userAvgRating',
      description: `Mean of the last ${last} ratings of the user, in stars`,
      source: { from: 'user-ratings', figure: 'mean', last },
      as: { ...rounded, absent: least },
    },
    {
      name: 'userRatingStddev',
      description: `Standard deviation of the last ${last} ratings of the user, in stars`,
      source: { from: 'user-ratings', figure: 'deviation', last },
      as: rounded,
    },
    {
      name: 'userGenre#',
      description: `The commonest genres of the films that the user rated ${least} stars or more`,
      source: { from: 'user-rated-tags', attribute: 'genres', count: 5, last, least },
      as: { form: 'category', vocabulary: 'genre' },
    },
  ],
  crosses: [
    {
      name: 'movieId_x_userRatedMovie1',
      description: 'The film, and the film that the user liked last',
      of: ['movieId', 'userRatedMovie1'],
      buckets: 10_000,
      seed: 'movies',
    },
  ],
  labels: [
    {
      name: 'like',
      description: `The user gave the film ${least} stars or more`,
      positive: [{ action: 'rate', from: least }],
    },
  ],
}

/**
 * The same with the films that a user liked as one sequence, for models that attend to it (DIN):
 * more of them, and in their order.
 */
export const moviesInOrder: DeclaredSet = {
  ...movies,
  name: 'movies-in-order',
  description: 'As the set of films, with what the user liked as one sequence of 20',
  crosses: [],
  columns: movies.columns.map((column) =>
    column.source.from === 'user-rated-items'
      ? {
          name: 'userRatedMovies',
          description: `Films that the user rated ${least} stars or more, the newest last`,
          source: { ...column.source, count: 20 },
          as: { form: 'sequence', vocabulary: 'movie' },
        }
      : column,
  ),
}
