// The lead's daily log: choose a day, get the file with its hash. Writes nothing itself; core does.
import { useState, type ReactNode } from 'react'
import { isFault } from '#domain/fault.ts'
import { dayOf, type Zone } from '#domain/time.ts'
import { useCommand } from '../link/use-command.ts'
import { useText } from '../text/text.ts'
import { useNow } from '../ui/clock.ts'
import { useFaultText } from '../ui/messages.tsx'
import { PlainField } from '../ui/plain-field.tsx'
import { Sheet } from '../ui/sheet.tsx'

type Made = { readonly file: string; readonly rows: number; readonly sha256: string }

/** Ctrl+P, for the role lead. */
export function DailyLog({ zone, onClose }: { zone: Zone; onClose: () => void }): ReactNode {
  const t = useText()
  const words = useFaultText()
  const now = useNow()
  const [day, setDay] = useState(() => dayOf(now, zone))
  const [made, setMade] = useState<Made | null>(null)
  const exportLog = useCommand('exportDailyLog')
  const submit = async (): Promise<void> => {
    setMade(null)
    const reply = await exportLog.run({ day })
    if (!isFault(reply)) setMade(reply)
  }
  return (
    <Sheet title={t('dailyLog.title')} onClose={onClose} className="daily-log">
      <form
        className="pin-form"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <PlainField
          id="log-day"
          label={t('dailyLog.day')}
          type="date"
          value={day}
          max={dayOf(now, zone)}
          required
          onText={setDay}
        />
        <button type="submit" className="btn primary" disabled={exportLog.isRunning}>
          {t('dailyLog.make')} <kbd>Enter</kbd>
        </button>
        <div role="status">
          {exportLog.isRunning && <p className="dim">{t('dailyLog.making')}</p>}
          {exportLog.fault !== null && <p className="fault">{words(exportLog.fault)}</p>}
          {made !== null && (
            <dl className="made">
              <dt>{t('dailyLog.file')}</dt>
              <dd className="mono">{made.file}</dd>
              <dt>{t('dailyLog.rows')}</dt>
              <dd>{made.rows}</dd>
              <dt>SHA-256</dt>
              <dd className="mono">{made.sha256}</dd>
            </dl>
          )}
        </div>
      </form>
    </Sheet>
  )
}
