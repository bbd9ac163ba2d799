// The texts of the paper form: kept on the desk within half a second, so that a crash loses none of them.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { IncidentId } from '#domain/id.ts'
import { paperDraft } from '#domain/intake.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import type { PaperTexts } from './paper-text.ts'

/** Throttled, not debounced: steady typing must be saved too (ms). */
const saveEveryMs = 400

/**
 * What is typed, and how to change it; null until what was kept is known. `first` is what an untouched form says. `save` keeps at
 * once what was typed last: after a record nothing may be left to be kept.
 */
export function usePaper(
  first: PaperTexts,
  incident?: IncidentId,
): {
  texts: PaperTexts | null
  set: (texts: PaperTexts) => void
  save: () => void
} {
  const { core } = useDesk()
  const { value: kept } = useLive('paperDraft', incident === undefined ? {} : { incident })
  const [typed, setTyped] = useState<PaperTexts>({})
  const dirty = useRef(new Map<string, string>())
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const save = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = null
    for (const [field, text] of dirty.current) {
      void core.call('saveDraft', { on: paperDraft(incident), field, text, over: [] })
    }
    dirty.current.clear()
  }, [core, incident])
  useEffect(() => save, [save])
  const set = useCallback(
    (texts: PaperTexts) => {
      setTyped((before) => ({ ...before, ...texts }))
      for (const [field, text] of Object.entries(texts)) dirty.current.set(field, text)
      timer.current ??= setTimeout(save, saveEveryMs)
    },
    [save],
  )
  return { texts: kept === undefined ? null : { ...first, ...kept, ...typed }, set, save }
}
