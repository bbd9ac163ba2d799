// A call in which nobody speaks: the prompts one after the other, each with its seconds to listen. Classing is elsewhere.
import type { ReactNode } from 'react'
import type { QueryOutput } from '#contract/queries.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { useNow } from '../ui/clock.ts'
import { IconCheck, IconVolumeOff } from '../ui/icons.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { useTell } from '../ui/messages.tsx'

type Silent = NonNullable<QueryOutput<'calls'>['silent']>
type Prompt = QueryOutput<'reference'>['silentPrompts'][number]

function usePrompt(): (call: Silent['call'], prompt: string) => void {
  const tell = useTell()
  const { core } = useDesk()
  return (call, prompt) => void tell(core.call('promptCall', { call, prompt }))
}

/** Begins the prompts; once they run, the bar has the key. */
export function SilentButton(): ReactNode {
  const t = useText()
  const prompt = usePrompt()
  const { value: calls } = useLive('calls', {})
  const silent = calls?.silent ?? null
  if (silent === null || silent.next === null || silent.given.length > 0) return null
  const { call, next } = silent
  return (
    <ActionButton action="silentPrompt" className="small" onRun={() => prompt(call, next)}>
      {t('silent.begin')}
    </ActionButton>
  )
}

/** Stands below the strip from the first prompt until the call is classed. */
export function SilentBar(): ReactNode {
  const t = useText()
  const { value: calls } = useLive('calls', {})
  const { value: reference } = useLive('reference', {})
  const silent = calls?.silent ?? null
  if (silent === null || silent.given.length === 0) return null
  const prompts = reference?.silentPrompts ?? []
  return (
    <section className="call-bar silent" aria-label={t('silent.title')}>
      <b className="name">
        <IconVolumeOff className="i" aria-hidden /> {t('silent.title')}
      </b>
      <Steps prompts={prompts} silent={silent} />
      <Now prompts={prompts} silent={silent} isOver={calls?.toClass?.endedAt !== null} />
    </section>
  )
}

type Part = { readonly prompts: readonly Prompt[]; readonly silent: Silent }

function Steps({ prompts, silent }: Part): ReactNode {
  const t = useText()
  const isGiven = ({ code }: Prompt): boolean => silent.given.some(({ prompt }) => prompt === code)
  return (
    <ol className="steps">
      {prompts.map((prompt) => (
        <li key={prompt.code} className={isGiven(prompt) ? 'done' : 'dim'}>
          {isGiven(prompt) && <IconCheck className="i" aria-hidden />}
          {t(`silent.kind.${prompt.kind}`)}
          {isGiven(prompt) && <span className="sr">{t('silent.given')}</span>}
        </li>
      ))}
    </ol>
  )
}

/** What to say or do now: listening, the next prompt, or that the class may follow. */
function Now({ prompts, silent, isOver }: Part & { readonly isOver: boolean }): ReactNode {
  const t = useText()
  const now = useNow()
  const prompt = usePrompt()
  const leftSeconds = silent.waitUntil === null ? 0 : Math.ceil((silent.waitUntil - now) / 1000)
  const last = prompts.find(({ code }) => code === silent.given.at(-1)?.prompt)
  if (leftSeconds > 0) {
    return (
      <p className="grow said" role="status">
        <span>“{last?.say ?? ''}”</span>
        <b className="num">{t('silent.listen', { seconds: leftSeconds })}</b>
      </p>
    )
  }
  const next = prompts.find(({ code }) => code === silent.next)
  if (next === undefined) {
    return (
      <p className="grow" role="status">
        {silent.isLost ? t('silent.lost') : t(silent.missing.length > 0 && !isOver ? 'silent.hangUp' : 'silent.ready')}
        {silent.missing.length === 0 && <KeyCap action="callClass" />}
      </p>
    )
  }
  return (
    <>
      <span className="grow" />
      <ActionButton action="silentPrompt" className="primary" onRun={() => prompt(silent.call, next.code)}>
        {t(`silent.next.${next.kind}`)}
      </ActionButton>
    </>
  )
}
