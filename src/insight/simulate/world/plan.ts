/**
 * What a world is like, as data. Weights are standard deviations of what they add to the log-odds
 * of a click (1 makes about three times as likely), so that plans can be compared and read.
 */
export interface WorldPlan {
  readonly name: string
  readonly description: string
  readonly items: ItemPlan
  readonly people: PeoplePlan
  readonly visits: VisitPlan
  readonly response: ResponsePlan
}

/** One subject: what items and users are made of, and the words that go with it. */
export interface Topic {
  readonly name: string
  /** Words for titles and keywords. */
  readonly words: readonly string[]
}

export interface ItemPlan {
  /** Ids are this and a number. */
  readonly prefix: string
  readonly topics: readonly Topic[]
  /** The attribute that tells the topics of an item: genres. */
  readonly topicsAs: 'genres' | 'channels'
  /** How single-minded items are: the spread of a logistic normal over topics. */
  readonly focus: number
  /** Stars: how many there are for each thousand items of the start; 0 for none. */
  readonly starsPerThousand: number
  /** The attribute that names the star. */
  readonly starAs: string
  /**
   * Of items that take a part of the catalogue's time: hours they may be shown, median and spread.
   */
  readonly lifeHours?: { readonly median: number; readonly logSpread: number }
  /** New items per day, as a share of those at the start. */
  readonly arrivalShare: number
  /** Items taken away per day, as a share of those there. */
  readonly withdrawnShare: number
  /** Years or seconds, and such: name, typical value and spread; `log` for heavy tails. */
  readonly numbers: readonly NumberPlan[]
}

export interface NumberPlan {
  readonly attribute: string
  readonly typical: number
  readonly spread: number
  readonly scale: 'plain' | 'log'
}

export interface PeoplePlan {
  /** Ids are this and a number; `user-` unless told. */
  readonly prefix?: string
  /** How single-minded users are: the spread of a logistic normal over topics. */
  readonly focus: number
  /** How far a taste of length 1 moves in a day. */
  readonly driftPerDay: number
  /** Stars that a user follows, at most; half of the users follow none. */
  readonly followsMax: number
  /** New users per day, as a share of those at the start. */
  readonly arrivalShare: number
}

export interface VisitPlan {
  readonly perDay: number
  /** Spread of the logarithm of a user's visits per day: 1 and above is heavy-tailed. */
  readonly logSpread: number
  readonly pagesMean: number
  readonly pageSize: number
  /** Share of visits that go to one channel. */
  readonly channelShare: number
  /** Share of visits by hour of day, at the user's home; 24 numbers, of any sum. */
  readonly byHour: readonly number[]
}

export interface ResponsePlan {
  /** Mean chance of a click on an item drawn at random, once it is looked at. */
  readonly clickRate: number
  /** Mean chance that what was clicked pleases, of items drawn at random. */
  readonly pleaseRate: number
  /** Weight of the user's lasting taste; on pleasure as well. */
  readonly taste: number
  /** Share of the match that no tag shows. */
  readonly hiddenShare: number
  /** What being in the mood for its topic adds to an item of that topic alone: 0.7 is twice. */
  readonly mood: number
  /** Weight of how an item looks; what it is worth is told by `quality` and agrees by one half. */
  readonly lure: number
  /** Weight of how good an item is, on pleasure. */
  readonly quality: number
  /** Weight of how easily a user clicks at all. */
  readonly ease: number
  /** What a followed star adds. */
  readonly star: number
  /** What is lost by each e-fold of items of the same topic shown in this visit. */
  readonly fatigue: number
  /** The chance that place p (from 0) is looked at: (1 + p) ^ -this. */
  readonly positionPower: number
  readonly deeds: DeedPlan
}

/** What users report of what they did: shares of those clicks that pleased, or did not. */
export interface DeedPlan {
  /** What is opened plays at once: there is `play` and `swipe-past` instead of a click. */
  readonly plays: boolean
  /** Milliseconds spent with what pleased, and with what did not; medians. */
  readonly read?: { readonly pleasedMs: number; readonly otherMs: number }
  readonly rated: number
  readonly liked: number
  readonly commented: number
  readonly shared: number
  /** Of clicks that did not please. */
  readonly disliked: number
}
