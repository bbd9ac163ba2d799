// F12: a typed command. It says in words what Enter would do before it is done; what is wrong does nothing.
import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { readCommand, shortLabel, type CommandAct, type CommandWorld, type Reading } from '#domain/command-line.ts'
import { useText } from '../text/text.ts'
import { useAction } from '../ui/actions.tsx'
import { IconAlertTriangle, IconChevronRight } from '../ui/icons.ts'
import { KeyCap } from '../ui/key-cap.tsx'

type Props = {
  readonly world: CommandWorld
  /** Resolves true when it was done: only then the line is emptied. */
  readonly onAct: (act: CommandAct) => Promise<boolean>
}

/** Tab completes, Enter does what the preview says, Esc empties the line and gives the focus back. */
export function CommandLine({ world, onAct }: Props): ReactNode {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const cameFrom = useRef<Element | null>(null)
  const isRunning = useRef(false)
  const [text, setText] = useState('')
  const reading = useMemo(() => readCommand(text, world), [text, world])
  useAction('commandLine', () => {
    if (document.activeElement !== input.current) cameFrom.current = document.activeElement
    input.current?.focus()
  })
  const run = (act: CommandAct): void => {
    if (isRunning.current) return
    isRunning.current = true
    void onAct(act)
      .then((isDone) => isDone && setText(''))
      .finally(() => (isRunning.current = false))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && reading.act !== null) run(reading.act)
    else if (event.key === 'Tab' && !event.shiftKey && reading.completed !== null) setText(reading.completed)
    else if (event.key === 'Escape') {
      setText('')
      if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="line">
      <label htmlFor="command-line">
        <IconChevronRight className="i" aria-hidden /> {t('command.label')} <KeyCap action="commandLine" />
      </label>
      <input
        ref={input}
        id="command-line"
        value={text}
        maxLength={400}
        placeholder={t('command.hint')}
        autoComplete="off"
        spellCheck={false}
        aria-describedby="command-preview"
        aria-invalid={reading.problem !== null}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Preview reading={reading} />
    </div>
  )
}

function Preview({ reading: { act, problem, completed } }: { reading: Reading }): ReactNode {
  const t = useText()
  const words = usePreviewWords()
  return (
    <div id="command-preview" className={`preview-line ${problem === null ? '' : 'warn'}`} role="status">
      {act !== null && (
        <>
          <kbd>Enter</kbd> <span className="cut">{words(act)}</span>
        </>
      )}
      {problem !== null && (
        <>
          <IconAlertTriangle className="i" aria-hidden />{' '}
          <span className="cut">{t(`command.problem.${problem.what}`, { text: problem.text })}</span>
        </>
      )}
      {completed !== null && (
        <span className="tab">
          <kbd>Tab</kbd> {t('command.complete')}
        </span>
      )}
    </div>
  )
}

/** Exactly what would be done, in words. */
function usePreviewWords(): (act: CommandAct) => string {
  const t = useText()
  return (act) => {
    switch (act.do) {
      case 'new': {
        const type = act.priority === null ? act.type.name : `${act.priority} ${act.type.name}`
        const known = t(act.place.id === null ? 'command.will.newWords' : 'command.will.new', {
          type,
          place: act.place.name,
        })
        return act.note === null ? known : `${known} · ${t('command.will.withNote', { text: act.note })}`
      }
      case 'relay':
        return t('command.will.relay', { label: shortLabel(act.on.label), names: act.names })
      case 'status': {
        const done = t(`command.will.status.${act.status}`, { label: shortLabel(act.on.label) })
        return act.reason === null ? done : `${done} · ${act.reason}`
      }
      case 'note':
        return t('command.will.note', { label: shortLabel(act.on.label), text: act.text })
      case 'open':
        return t('command.will.open', { label: shortLabel(act.on.label) })
      case 'merge':
        return t('command.will.merge', { label: shortLabel(act.on.label), into: shortLabel(act.into.label) })
      case 'callBack':
        return t('command.will.callBack')
      case 'help':
        return t('command.will.help')
    }
  }
}
