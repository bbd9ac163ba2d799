// The request to block a number: number, reason, for how long. A lead decides; nothing is blocked by asking.
import { useState, type ReactNode } from 'react'
import { blockHours, type BlockHours, type BlockId } from '#domain/block.ts'
import { isFault } from '#domain/fault.ts'
import { newId } from '#domain/id.ts'
import { shownNumber } from '#domain/number.ts'
import { useCommand } from '../link/use-command.ts'
import { useText } from '../text/text.ts'
import { useFaultText } from '../ui/messages.tsx'
import { PlainField } from '../ui/plain-field.tsx'

/** `number` is that of the call in hand, or empty; any other may be written. */
export function BlockForm({ number: given }: { number: string | null }): ReactNode {
  const t = useText()
  const words = useFaultText()
  const request = useCommand('requestBlock')
  const [number, setNumber] = useState(given === null ? '' : shownNumber(given))
  const [reason, setReason] = useState('')
  const [hours, setHours] = useState<BlockHours>(24)
  const [isAsked, setIsAsked] = useState(false)
  const submit = async (): Promise<void> => {
    setIsAsked(false)
    const reply = await request.run({ block: newId<BlockId>(), number, hours, reason })
    if (isFault(reply)) return
    setIsAsked(true)
    setReason('')
  }
  return (
    <form
      className="block-form"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <PlainField id="block-number" label={t('block.number')} value={number} maxLength={32} onText={setNumber} />
      <PlainField id="block-reason" label={t('block.reason')} value={reason} maxLength={200} onText={setReason} />
      <div className="hours" role="group" aria-label={t('block.howLong')}>
        {blockHours.map((one) => (
          <button key={one} type="button" className="btn" aria-pressed={hours === one} onClick={() => setHours(one)}>
            {t(`block.hours.${one}`)}
          </button>
        ))}
      </div>
      <button type="submit" className="btn primary" disabled={request.isRunning || reason.trim() === ''}>
        {t('block.ask')} <kbd>Enter</kbd>
      </button>
      <p role="status" className={request.fault === null ? 'dim' : 'fault'}>
        {request.fault !== null ? words(request.fault) : t(isAsked ? 'block.asked' : 'block.hint')}
      </p>
    </form>
  )
}
