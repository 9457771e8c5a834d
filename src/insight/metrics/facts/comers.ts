import { arm, calendar, person, place } from './dimensions.ts'
import { type Fact, moment, within } from './fact.ts'

/** Who went by another id before goes by the last of theirs. */
const known = `RECURSIVE merged("from", "into") AS (
    SELECT "user", merged_into FROM users WHERE merged_into IS NOT NULL
    UNION
    SELECT m."from", u.merged_into FROM merged m
    JOIN users u ON u."user" = m."into" AND u.merged_into IS NOT NULL
  ), known AS (
    SELECT "from", max("into") AS "into" FROM merged m
    WHERE NOT EXISTS (FROM users u WHERE u."user" = m."into" AND u.merged_into IS NOT NULL)
    GROUP BY "from"
  )`

const visits = `visits AS (
    SELECT coalesce(k."into", v."user") AS "user", v."at", v.scene, v.channel, v.arms
    FROM (
      SELECT "user", "at", scene, channel, arms FROM pages
      UNION ALL SELECT "user", "at", scene, channel, arms FROM actions
    ) v LEFT JOIN known k ON k."from" = v."user"
  )`

const spells = ['day', 'week', 'month'] as const

/**
 * One row per user who was first seen in the span, on a page or by an action: whether they came
 * back in the day, week and month after that of their first visit (UTC; weeks begin on Monday), and
 * whether that is over yet. Who cannot have come back yet is not counted as one who did not.
 */
export const comers: Fact = {
  name: 'comers',
  relation: ({ from, to, now }) => `(
    WITH ${known}, ${visits}, newcomers AS (
      SELECT "user", min("at") AS "at", arg_min(scene, "at") AS scene,
        arg_min(channel, "at") AS channel, arg_min(arms, "at") AS arms
      FROM visits GROUP BY "user" HAVING ${within('min("at")', { from, to })}
    )
    SELECT n."user", n."at", any_value(n.scene) AS scene, any_value(n.channel) AS channel,
      any_value(n.arms) AS arms,
      ${spells.map((spell) => `${backIn(spell)}, ${isOver(spell, now)}`).join(', ')}
    FROM newcomers n JOIN visits v ON v."user" = n."user" GROUP BY n."user", n."at"
  )`,
  dimensions: { ...place, ...arm, ...calendar, ...person },
  hasUser: true,
}

type Spell = (typeof spells)[number]

function backIn(spell: Spell): string {
  const next = `date_trunc('${spell}', n."at") + INTERVAL 1 ${spell}`
  return `bool_or(date_trunc('${spell}', v."at") = ${next}) AS ${spell}_back`
}

function isOver(spell: Spell, now: number): string {
  const end = `date_trunc('${spell}', n."at") + INTERVAL 2 ${spell}`
  return `${end} <= ${moment(now)} AS ${spell}_over`
}
