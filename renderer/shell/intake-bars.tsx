// What Ctrl+N opens below the strip: the sources, a contact without an incident, what was written on paper.
import { useEffect, useRef, type ReactNode } from 'react'
import type { Source } from '#domain/call.ts'
import type { IncidentId } from '#domain/id.ts'
import { usePlaces } from '../incident/places.ts'
import { useTypes } from '../incident/reference.ts'
import { ContactBar } from '../intake/contact-bar.tsx'
import { PaperForm } from '../intake/paper-form.tsx'
import { SourceBar } from '../intake/source-bar.tsx'
import { useText } from '../text/text.ts'

export type Intake = 'source' | 'contact' | 'paper' | null
type Props = {
  readonly intake: Intake
  readonly onIntake: (intake: Intake) => void
  readonly onSource: (source: Source) => void
  readonly onEntered: (incident: IncidentId) => void
}

/** Whoever picked a source goes on with the type. */
export function IntakeBars({ intake, onIntake, onSource, onEntered }: Props): ReactNode {
  const t = useText()
  const isPicked = useRef(false)
  useEffect(() => {
    if (!isPicked.current) return
    isPicked.current = false
    document.querySelector<HTMLElement>('.form .fields .input')?.focus()
  })
  const pick = (source: Source): void => {
    isPicked.current = true
    onSource(source)
    onIntake(null)
  }
  const close = (): void => onIntake(null)
  if (intake === 'contact') return <ContactBar onClose={close} />
  if (intake === 'paper') return <Paper onEntered={onEntered} onClose={close} />
  if (intake !== 'source') return null
  return (
    <SourceBar
      title={t('intake.source')}
      onSource={pick}
      onContact={() => onIntake('contact')}
      onPaper={() => onIntake('paper')}
      onClose={close}
    />
  )
}

function Paper(props: { onEntered: (incident: IncidentId) => void; onClose: () => void }): ReactNode {
  return <PaperForm types={useTypes()} villages={usePlaces()} {...props} />
}
