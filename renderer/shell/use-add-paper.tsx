// Opens the form that adds what stood on paper to the incident in hand.
import { useState, type ReactNode } from 'react'
import { useInHand, type IncidentRow } from '../incident/in-hand.tsx'
import { AddPaper } from '../intake/add-paper.tsx'
import { useText } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'

/**
 * The button for the panel of notes, and the form once it is open. The form goes on for the incident it was opened for, whatever
 * comes into hand meanwhile.
 */
export function useAddPaper(): { button: ReactNode; form: ReactNode } {
  const t = useText()
  const { row } = useInHand()
  const [open, setOpen] = useState<IncidentRow | null>(null)
  const button =
    row === null || row.root !== null ? null : (
      <ActionButton action="addPaper" className="small" onRun={() => setOpen(row)}>
        {t('paper.title')}
      </ActionButton>
    )
  const form =
    open === null ? null : (
      <AddPaper
        key={open.incident}
        incident={open.incident}
        label={open.label}
        openedAt={open.openedAt}
        onClose={() => setOpen(null)}
      />
    )
  return { button, form }
}
