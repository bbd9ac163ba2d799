// The end of a paper form: what is wrong, and the button that records.
import type { ReactNode } from 'react'
import type { Fault } from '#domain/fault.ts'
import { useText } from '../text/text.ts'
import { useFaultText } from '../ui/messages.tsx'

/** Says a fault to screen readers at once. */
export function PaperEnd({ fault }: { fault: Fault | null }): ReactNode {
  const t = useText()
  const words = useFaultText()
  return (
    <>
      {fault !== null && (
        <p className="fault" role="alert">
          {words(fault)}
        </p>
      )}
      <div className="row">
        <button type="submit" className="btn primary">
          {t('paper.record')} <kbd>Ctrl+Enter</kbd>
        </button>
      </div>
    </>
  )
}
