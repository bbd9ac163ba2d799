// A start that cannot succeed: main shows the reason and does not try again.
import type { FromChild } from '#contract/shell.ts'

type Reason = Extract<FromChild, { kind: 'fatal' }>['reason']

export class StartRefused extends Error {
  readonly reason: Reason
  /** `detail` is shown below main's own words; no personal data. */
  constructor(reason: Reason, detail: string) {
    super(detail)
    this.name = 'StartRefused'
    this.reason = reason
  }
}
