/** The tables of the lake. Their names and columns are an interface: others ask by them. */
export type TableName =
  | 'actions'
  | 'pages'
  | 'slots'
  | 'offers'
  | 'items'
  | 'users'
  | 'changes'
  | 'runs'
  | 'slates'
  | 'inputs'
  | 'predictions'

export interface Table {
  readonly name: TableName
  readonly description: string
  readonly columns: readonly Column[]
  /** Columns that name a user: an erasure looks here. */
  readonly people: readonly string[]
  /**
   * A row that comes in stands for several, which have all else in common: in these columns it
   * holds lists, a value for each.
   */
  readonly several?: readonly string[]
  /**
   * Happenings age, and are forgotten oldest first. Descriptions stay: the newest of an item may be
   * old.
   */
  readonly tells: 'happenings' | 'descriptions'
}

export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly description: string
}

export type ColumnType =
  | 'TIMESTAMP'
  | 'VARCHAR'
  | 'VARCHAR[]'
  | 'DOUBLE'
  | 'INTEGER'
  | 'BIGINT'
  | 'BOOLEAN'
  | 'JSON'
  | 'MAP(VARCHAR, FLOAT)'

const at = column('at', 'TIMESTAMP', 'When it happened, in UTC.')
const user = column('user', 'VARCHAR', 'The user, under the id of the time.')
const offset = column('offset', 'BIGINT', 'The place of the event in the log.')
const scene = column('scene', 'VARCHAR', 'The scene.')
const channel = column('channel', 'VARCHAR', 'The channel; empty for none.')
const arms = column('arms', 'VARCHAR[]', 'Arms of experiments that the page was made in.')
const sources = column('sources', 'VARCHAR[]', 'Sources that proposed the item.')
const model = column('model', 'VARCHAR', 'The ranker, with its version.')
const run = column('run', 'VARCHAR', 'The run of the recipe.')
const recipe = column('recipe', 'VARCHAR', 'The recipe.')
const batch = column('batch', 'INTEGER', 'The number of the page in the feed of the user.')
const delivery = column('delivery', 'VARCHAR', 'now, queued, or nearline.')
const request = column('request', 'VARCHAR', 'The request that was answered with the page.')

/** Its rows come from events, and can be made of the log again. */
export const isOfEvents = ({ columns }: Table): boolean => columns.includes(offset)

export const tables: readonly Table[] = [
  {
    name: 'actions',
    description: 'What users did: a row for each action, with the page it was done on.',
    people: ['user'],
    tells: 'happenings',
    columns: [
      at,
      column('id', 'VARCHAR', 'The id of the event.'),
      column('action', 'VARCHAR', 'impression, click, read, play, like, rate …'),
      user,
      column('item', 'VARCHAR', 'The item, where it is about one.'),
      column('value', 'DOUBLE', 'ms read, share played, stars.'),
      column('text', 'VARCHAR', 'The words of a comment or report; whom was followed.'),
      { ...scene, description: 'The scene of the page; where there is none, as the caller said.' },
      { ...channel, description: 'The channel of the page, or as the caller said.' },
      { ...request, description: 'The request of the page; null for actions on no page.' },
      batch,
      column('position', 'INTEGER', 'The place at which the item was served, from 0.'),
      column('stood', 'INTEGER', 'The place at which it stood, where the client moved it.'),
      arms,
      sources,
      model,
      column('served_at', 'TIMESTAMP', 'When the page was served.'),
      offset,
    ],
  },
  {
    name: 'pages',
    description: 'Pages that were served.',
    people: ['user'],
    tells: 'happenings',
    columns: [
      ...[at, request, user, scene, channel, batch, delivery, recipe, arms],
      column('size', 'INTEGER', 'Items on it.'),
      column('dropped', 'INTEGER', 'Entries that waited and were found unfit.'),
      column('repeatable', 'BOOLEAN', 'Stands beside something, and may repeat.'),
      offset,
    ],
  },
  {
    name: 'slots',
    description: 'The places of the pages: a row for each item served.',
    people: ['user'],
    several: ['position', 'item', 'score', 'sources', 'model', 'run'],
    tells: 'happenings',
    columns: [
      ...[at, request, user, scene, channel, batch],
      column('position', 'INTEGER', 'The place on the page, from 0.'),
      column('item', 'VARCHAR', 'The item.'),
      column('score', 'DOUBLE', 'What it was ordered by.'),
      ...[sources, model, run, delivery, recipe, arms, offset],
    ],
  },
  {
    name: 'offers',
    description: 'Entries put into queues, a row for each time.',
    people: ['user'],
    tells: 'happenings',
    columns: [
      ...[at, user, scene, channel],
      column('writer', 'VARCHAR', 'Who put them.'),
      column('entries', 'INTEGER', 'How many.'),
      column('replace', 'BOOLEAN', 'In the place of all that waited.'),
      offset,
    ],
  },
  {
    name: 'items',
    description: 'What was said of items, a row each time; catalogue has the newest of each.',
    people: [],
    tells: 'descriptions',
    columns: [
      at,
      column('item', 'VARCHAR', 'The item.'),
      column('withdrawn', 'BOOLEAN', 'It was taken away; the other columns are null.'),
      column('channels', 'VARCHAR[]', 'Channels that it belongs to.'),
      column('attributes', 'JSON', 'All attributes, as the API spells them.'),
      column('available_from', 'TIMESTAMP', 'First moment it may be shown.'),
      column('available_until', 'TIMESTAMP', 'First moment it may no longer be shown.'),
      offset,
    ],
  },
  {
    name: 'users',
    description: 'What was said of users, and who turned out to be whom.',
    people: ['user', 'merged_into'],
    tells: 'descriptions',
    columns: [
      at,
      user,
      column('attributes', 'JSON', 'All attributes, as the API spells them.'),
      column('merged_into', 'VARCHAR', 'The known user that this one turned out to be.'),
      offset,
    ],
  },
  {
    name: 'changes',
    description: 'Hot parameters that got a new value, and what was done about versions of models.',
    people: [],
    tells: 'descriptions',
    columns: [
      at,
      column('name', 'VARCHAR', 'The parameter; of models, `model` and the name.'),
      column('value', 'JSON', 'Its value from then on; of models, what was done.'),
      column('by', 'VARCHAR', 'Who changed it.'),
      offset,
    ],
  },
  {
    name: 'runs',
    description: 'What the stages of recipes did in their runs, as far as runs were kept.',
    people: ['user'],
    tells: 'happenings',
    columns: [
      ...[at, run, user, recipe, model],
      column('stage', 'VARCHAR', 'recall, filter, rank, or mix.'),
      column('name', 'VARCHAR', 'The source, filter, scorer or mixer.'),
      column('rows', 'INTEGER', 'Rows it brought, or that there were after it.'),
      column('dropped', 'INTEGER', 'Rows it dropped.'),
      column('ms', 'DOUBLE', 'How long it took.'),
      column('failure', 'VARCHAR', 'What failed, and was survived.'),
    ],
  },
  {
    name: 'slates',
    description: 'The candidates of runs with the features as used, as far as runs were kept.',
    people: ['user'],
    tells: 'happenings',
    columns: [
      ...[at, run, user, recipe, model],
      column('item', 'VARCHAR', 'The candidate.'),
      column('row', 'INTEGER', 'Its number in the order of recall, from 0.'),
      column('dropped_by', 'VARCHAR', 'The filter that dropped it; cut where it came too late.'),
      column('score', 'DOUBLE', 'As the ranker said; null where it was not ranked.'),
      column('place', 'INTEGER', 'Its place in the finished order, from 0.'),
      sources,
      column('features', 'MAP(VARCHAR, FLOAT)', 'As used; kept for the first places.'),
    ],
  },
  {
    name: 'inputs',
    description: 'What rankers of declared feature sets were given, before any encoding.',
    people: ['user'],
    tells: 'happenings',
    columns: [
      ...[at, run, user, recipe, model],
      column('set', 'VARCHAR', 'The declared set.'),
      column('encoding', 'VARCHAR', 'The checksum of the encoding in force.'),
      column('item', 'VARCHAR', 'The candidate; null in the row of what holds for all of them.'),
      column('place', 'INTEGER', 'Its place in the finished order, from 0.'),
      column('columns', 'JSON', 'Column of the set to its values; null for what was absent.'),
    ],
  },
  {
    name: 'predictions',
    description: 'Calls that had a model score rows, as far as they were kept.',
    people: ['users'],
    tells: 'happenings',
    columns: [
      at,
      column('request', 'VARCHAR', 'The id of the call, as its answer names it.'),
      column('caller', 'VARCHAR', 'The key that asked; open where none is needed.'),
      { ...model, description: 'The model.' },
      column('version', 'INTEGER', 'Its version; null where none was found.'),
      column('rows', 'INTEGER', 'Rows that it was asked to score.'),
      column('ms', 'DOUBLE', 'How long it took, from the body read to the scores.'),
      column('status', 'VARCHAR', 'ok, or the code of what went wrong.'),
      column('error', 'VARCHAR', 'What went wrong, without the values.'),
      column('users', 'VARCHAR[]', 'Users among the rows whose inputs are kept.'),
      column('inputs', 'JSON', 'Values of the first rows, by the name of the input.'),
      column('outputs', 'JSON', 'Scores of the first rows, by the name of the output.'),
    ],
  },
]

export const tableNamed: ReadonlyMap<TableName, Table> = new Map(
  tables.map((table) => [table.name, table] as const),
)

function column(name: string, type: ColumnType, description: string): Column {
  return { name, type, description }
}
