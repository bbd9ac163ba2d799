// What was done last in this session, and Ctrl+Z. It undoes what it shows and nothing else.
import { useRef, type ReactNode } from 'react'
import type { QueryOutput } from '#contract/queries.ts'
import { shortLabel } from '#domain/command-line.ts'
import { isFault } from '#domain/fault.ts'
import { undoMs } from '#domain/undo.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useText, type TextKey, type TextValues } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { useNow } from '../ui/clock.ts'
import { IconArrowBackUp, IconCheck } from '../ui/icons.ts'
import { useSay } from '../ui/messages.tsx'
import { labelIn, useReferenceWords } from '../ui/reference-words.ts'

type Last = NonNullable<QueryOutput<'lastAction'>>

/** The last action of the last ten minutes, or nothing. */
export function LastAction(): ReactNode {
  const last = useLive('lastAction', {}).value ?? null
  const now = useNow()
  return last === null || now - last.at > undoMs ? null : <Shown last={last} />
}

const doneKeys = {
  nothing: 'undo.done',
  acknowledged: 'undo.doneAcknowledged',
  said: 'undo.doneSaid',
} as const satisfies Record<string, TextKey>

function Shown({ last }: { last: Last }): ReactNode {
  const t = useText()
  const say = useSay()
  const { core } = useDesk()
  const running = useRef<string | null>(null)
  const words = useWords(last)
  const undo = (): void => {
    // Pressing twice while one undo is under way must not be answered with "it has changed".
    if (running.current === last.action) return
    running.current = last.action
    void core.call('undoLast', { action: last.action }).then((reply) => {
      if (isFault(reply)) {
        running.current = null
        return say({ tone: 'refused', key: `fault.${reply.fault}` })
      }
      say({ tone: 'done', key: doneKeys[last.leaves ?? 'nothing'], values: { what: words } })
    })
  }
  return (
    <section className="last" aria-label={t('undo.region')}>
      <IconCheck className="i" aria-hidden />
      <span className="cut">{words}</span>
      {last.why !== null && <span className="cut dim">{t(`undo.why.${last.why}`)}</span>}
      {last.leaves !== null && <span className="cut dim">{t(`undo.leaves.${last.leaves}`)}</span>}
      <ActionButton action="undo" className="small" icon={<IconArrowBackUp className="i" aria-hidden />} onRun={undo}>
        {t(last.why === null ? 'undo.verb' : 'undo.pass')}
      </ActionButton>
    </section>
  )
}

/** The action in words: "Diteruskan ke Damkar Demak · B019". */
function useWords({ name, label, detail }: Last): string {
  const t = useText()
  const { classes } = useReferenceWords()
  const isField = name === 'setIncidentField' || name === 'setReportField'
  const what = isField && detail !== null ? t(`undo.field.${detail}` as TextKey) : labelIn(classes, detail ?? '')
  const values: TextValues = { what }
  const done = t(`undo.did.${name}`, values)
  return label === null ? done : `${done} · ${shortLabel(label)}`
}
