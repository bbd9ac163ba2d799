// A running or stopped timer. Over its limit it turns amber; the word beside it is the caller's.
import type { ReactNode } from 'react'
import type { Instant } from '#domain/time.ts'
import { elapsedText, isoDuration } from '../text/format.ts'
import { useNow } from './clock.ts'

/** Time since `from`, or between `from` and `to`. */
export function Elapsed({
  from,
  to,
  className,
}: {
  from: Instant
  to?: Instant | null
  className?: string
}): ReactNode {
  const now = useNow()
  const ms = (to ?? now) - from
  return (
    <time className={className} dateTime={isoDuration(ms)}>
      {elapsedText(ms)}
    </time>
  )
}
