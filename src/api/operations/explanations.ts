/** Why a page looks as it does. */
import { Type } from '@sinclair/typebox'
import { actions } from '../../events/event.ts'
import { operation } from '../operation.ts'
import { id, input, message, oneOf, time, whole } from '../schema.ts'
import { itemView } from './items.ts'

const pageName = message('PageName', {
  requestId: Type.String(),
  scene: Type.String(),
  channel: Type.String(),
  batchId: whole('The number of the page in its feed.'),
})

const fate = message('Fate', {
  id: Type.String(),
  title: Type.Optional(Type.String({ description: 'What people call it.' })),
  outcome: oneOf(
    [
      'shown',
      'shown-earlier',
      'waiting',
      'outranked',
      'dropped',
      'not-recalled',
      'forgotten',
      'unknown',
    ],
    'What became of it. Forgotten: the traces that would tell are no longer kept.',
  ),
  by: Type.Optional(Type.String({ description: 'The stage or filter that decided it.' })),
  reason: Type.Optional(Type.String({ description: 'In words.' })),
  page: Type.Optional(pageName),
})

const stage = message('StageView', {
  run: Type.String(),
  stage: oneOf(['recall', 'filter', 'rank', 'mix', 'queue'], 'Which kind of stage.'),
  name: Type.String(),
  rowCount: whole('Rows brought (recall) or left (all else) when the stage was done.'),
  dropped: whole('Rows that the stage took out.'),
  durationMs: Type.Number(),
  failure: Type.Optional(Type.String()),
})

const run = message('RunView', {
  run: Type.String(),
  at: time('When it ran: a page that waited was chosen before it was served.'),
  recipe: Type.String(),
  model: Type.String(),
  candidateCount: whole('Items that the sources proposed, each counted once.'),
  rankedCount: whole('Items that the filters and the limit left to be ranked.'),
  slateLength: whole('Items of the finished order.'),
  shownCount: whole('Items that the page shows of it.'),
  formula: Type.Optional(
    Type.String({ description: 'How the score was made of what the ranker foretold.' }),
  ),
})

const evidence = message('Evidence', {
  item: Type.String(),
  title: Type.String(),
  action: Type.Optional(
    oneOf(actions, 'What the user did; absent for the item that the page stands beside.'),
  ),
  value: Type.Optional(Type.Number()),
  at: Type.Optional(time('When.')),
})

const item = message('ItemExplanation', {
  id: Type.String(),
  title: Type.String({ description: 'Its text `title` or `name`, else its id.' }),
  position: whole('Place on the page.'),
  score: Type.Number(),
  run: Type.String({ description: 'The run that brought it.' }),
  because: Type.String({ description: 'Why it is shown, in a sentence.' }),
  reason: oneOf(
    [
      ...['pinned', 'explore', 'beside', 'together', 'taste', 'tags', 'interest', 'regard'],
      ...['momentum', 'opening', 'age', 'agreement', 'attribute', 'source', 'filler', 'forgotten'],
    ] as const,
    'The kind of reason that the sentence gives.',
  ),
  evidence: Type.Array(evidence, {
    description: 'The deeds of the user that the sentence rests on, newest first, at most 8.',
  }),
  sources: Type.Array(
    message('SourceRank', {
      name: Type.String(),
      rank: Type.Integer({
        minimum: -1,
        description: 'Place in its list; -1 where it is not kept.',
      }),
      score: Type.Optional(
        Type.Number({
          description:
            'How good it held the item, as a share of its best; absent where it gives no scores.',
        }),
      ),
    }),
  ),
  features: Type.Array(
    message('FeatureShare', {
      name: Type.String(),
      value: Type.Number(),
      contribution: Type.Number({ description: 'Its part of the score.' }),
      description: Type.String({ description: 'What the number means, with its unit.' }),
    }),
  ),
  shares: Type.Array(
    message('Share', {
      name: Type.String({ description: 'A family of features, as people would call it.' }),
      contribution: Type.Number({ description: 'Against the average of the run.' }),
    }),
    { description: 'What sets it apart from the best of its run, largest first.' },
  ),
  moves: Type.Array(
    message('Move', {
      mixer: Type.String(),
      from: whole('Place before.'),
      to: whole('Place after.'),
    }),
  ),
  inputs: Type.Array(
    message('RankerInput', {
      name: Type.String({ description: 'The column of the declared set.' }),
      description: Type.String({ description: 'What its values mean.' }),
      values: Type.Array(Type.String(), { description: 'As read; what was absent is left out.' }),
    }),
    { description: 'What a ranker of a declared feature set was given.' },
  ),
  foretold: Type.Array(
    message('Foretold', {
      head: Type.String({ description: 'What was foretold: click, like, dwell.' }),
      value: Type.Number({ description: 'A probability, or an amount that is expected.' }),
    }),
    { description: 'What the ranker foretold of it; the formula of its run makes the score.' },
  ),
})

export const explain = operation({
  method: 'GET',
  path: '/v1/requests/{requestId}/explain',
  scope: 'serve',
  summary: 'What each stage brought, dropped and scored for a page, and why its items are shown.',
  input: input({
    requestId: id('As the page gave it.'),
    item: Type.Optional(id('An item to tell the fate of, shown or not.')),
    items: Type.Optional(
      Type.Boolean({
        description: 'With the items shown, those of the evidence, and the first 100 lost.',
      }),
    ),
  }),
  answer: message('Explanation', {
    requestId: Type.String(),
    user: Type.String(),
    scene: Type.String(),
    channel: Type.String(),
    batchId: whole('The number of the page in its feed.'),
    at: time('When the page was served.'),
    delivery: oneOf(['now', 'queued', 'nearline'], 'How the page came to be.'),
    recipe: Type.String(),
    model: Type.String(),
    degraded: Type.Optional(Type.String({ description: 'Which stages failed, and how.' })),
    runs: Type.Array(run),
    stages: Type.Array(stage),
    items: Type.Array(item),
    lost: Type.Array(fate),
    asked: Type.Optional(fate),
    views: Type.Optional(Type.Array(itemView)),
  }),
})

export const whyNot = operation({
  method: 'POST',
  path: '/v1/scenes/{scene}:explain',
  scope: 'serve',
  summary: 'What becomes of an item in the feed of a user, and who decides it.',
  input: input({ scene: id('The scene.'), user: id('The user.'), item: id('The item.') }),
  answer: fate,
})
