// The durations of sync, in ms, in one place so that tests can shorten them. What they mean is in the design of sync.

export type Timing = {
  /** Reconnect with full jitter between these. */
  readonly retryFromMs: number
  readonly retryToMs: number
  /** A frozen socket is noticed within 1.5 times this. */
  readonly keepaliveS: number
  /** Wait for proof that this database was rewound before publishing. */
  readonly rewindWaitMs: number
  /** Send again what the broker took and the centre never confirmed. */
  readonly resendMs: number
  /** Send a card again while its agency is connected and does not hold it. */
  readonly cardRetryMs: number
  /** Say again what we have; a member is connected while its newest word is younger than `freshMs`. */
  readonly haveEveryMs: number
  readonly freshMs: number
  /** Wait between two words about the same change. */
  readonly haveWaitMs: number
  /** Ask again for what did not come. */
  readonly wantEveryMs: number
  /** What a member says to have is asked for when nothing of it came by itself for so long. */
  readonly claimWaitMs: number
  /** A full member answers for a silent centre after this, plus up to `giveJitterMs`. */
  readonly centreSilentMs: number
  readonly giveJitterMs: number
  /** "Terkirim, belum dikonfirmasi pusat" is shown after this. */
  readonly unconfirmedMs: number
}

export const normalTiming: Timing = {
  retryFromMs: 500,
  retryToMs: 15_000,
  keepaliveS: 5,
  rewindWaitMs: 10_000,
  resendMs: 30_000,
  cardRetryMs: 15_000,
  haveEveryMs: 20_000,
  freshMs: 60_000,
  haveWaitMs: 500,
  wantEveryMs: 5_000,
  claimWaitMs: 1_000,
  centreSilentMs: 30_000,
  giveJitterMs: 5_000,
  unconfirmedMs: 15_000,
}
