import { tagFollowed } from '../../../profile/follows.ts'
import { profile } from '../../../profile/profile-fold.ts'
import { users } from '../../../projections/users.ts'
import { tasteNeeds, tasteOf } from '../../taste.ts'
import { ratedNeeds, ratedOf } from './rated.ts'
import type { NameSource } from './source.ts'
import { type ColumnGround, type NameReader, nothingNeeded } from './source-reader.ts'

type Of<From extends NameSource['from']> = Extract<NameSource, { readonly from: From }>

const shared = { gives: 'names', count: 1, isShared: true, isOfRecord: false } as const

export function userIdName(): NameReader {
  return {
    ...shared,
    needs: nothingNeeded,
    read({ user }, _rows, _known, out) {
      out[0] = user
    },
  }
}

export function userText({ attribute }: Of<'user-text'>): NameReader {
  return {
    ...shared,
    needs: ({ user }) => [{ projection: users, key: user }],
    read({ user }, _rows, known, out) {
      const value = known.get(users, user)?.attributes[attribute]
      if (value !== undefined && 'text' in value) out[0] = value.text
    },
  }
}

export function userFollows({ attribute, count }: Of<'user-follows'>): NameReader {
  return {
    ...shared,
    count,
    needs: ({ user }) => [{ projection: profile, key: user }],
    read({ user }, _rows, known, out) {
      const follows = [...(known.get(profile, user)?.follows ?? [])]
      const names = follows
        .reverse()
        .sort(([, one], [, other]) => other - one)
        .flatMap(([words]) => tagFollowed(words, attribute).slice(1))
      for (const [place, name] of names.slice(0, count).entries()) out[place] = name
    },
  }
}

export function userRatedItems(
  { ordinals }: ColumnGround,
  { count, last, least }: Of<'user-rated-items'>,
): NameReader {
  return {
    ...shared,
    count,
    needs: ratedNeeds,
    read(context, _rows, known, out) {
      const good = ratedOf(context, known).slice(0, last)
      const items = good.filter(({ value }) => value >= least).slice(0, count)
      for (const [place, { item }] of items.entries()) out[place] = ordinals.id(item)
    },
  }
}

export function userLikedItems(
  { ordinals }: ColumnGround,
  { count }: Of<'user-liked-items'>,
): NameReader {
  return {
    ...shared,
    count,
    needs: tasteNeeds,
    read(context, _rows, known, out) {
      const liked = tasteOf(context, known).positives.slice(0, count)
      for (const [place, { item }] of liked.entries()) out[place] = ordinals.id(item)
    },
  }
}

export function userRatedTags(
  { catalogue }: ColumnGround,
  { attribute, count, last, least }: Of<'user-rated-tags'>,
): NameReader {
  return {
    ...shared,
    count,
    needs: ratedNeeds,
    read(context, _rows, known, out) {
      const tags = catalogue.tags(attribute)
      if (tags === undefined) return
      const counts = new Map<number, number>()
      for (const { item, value } of ratedOf(context, known).slice(0, last)) {
        if (value < least) continue
        for (const code of tags.of(item)) counts.set(code, (counts.get(code) ?? 0) + 1)
      }
      // Of those that are as common, the one that was met last stands first: the sort is stable.
      const commonest = [...counts].sort(([, one], [, other]) => other - one)
      for (const [place, [code]] of commonest.slice(0, count).entries())
        out[place] = tags.names[code]!
    },
  }
}
