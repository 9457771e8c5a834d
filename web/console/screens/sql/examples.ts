/** Queries to begin from. */
export const examples: readonly (readonly [title: string, sql: string])[] = [
  [
    'What people do, by minute',
    `select time_bucket(interval 1 minute, "at") as minute, action, count(*) as deeds
from actions
where "at" > now()::timestamp - interval 1 hour
group by all
order by minute`,
  ],
  [
    'Sources and what became of their items',
    `select source,
  count(*) filter (action = 'impression') as seen,
  count(*) filter (action = 'click') as opened,
  round(opened / nullif(seen, 0), 4) as ctr
from actions, unnest(sources) as s(source)
group by source
order by opened desc`,
  ],
  [
    'Who is served most',
    `select "user", count(*) as pages, max("at") as last
from pages
group by "user"
order by pages desc
limit 20`,
  ],
  [
    'Items shown most, and opened',
    `with shown as (select item, count(*) as shown from slots group by item),
  opened as (select item, count(*) as opened from actions where action = 'click' group by item)
select shown.item, json_extract_string(attributes, '$.title') as title, shown, opened
from shown left join opened using (item) left join catalogue using (item)
order by shown desc
limit 20`,
  ],
  [
    'How long the stages take',
    `select stage, name, count(*) as runs,
  round(quantile_cont(ms, 0.5), 3) as p50_ms, round(quantile_cont(ms, 0.95), 3) as p95_ms
from runs
group by all
order by p95_ms desc`,
  ],
]
