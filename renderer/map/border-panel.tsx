// The borders of villages in the settings: which are in force, and how the admin imports others. Nothing counts before it was checked.
import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import { largestBordersFile } from '#domain/borders.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useLanguage, useText } from '../text/text.ts'
import { useTell } from '../ui/messages.tsx'
import { BorderResult } from './border-result.tsx'

/** Everybody sees what is in force; the import is the admin's. */
export function BorderPanel(): ReactNode {
  const t = useText()
  const { value: session } = useLive('session', {})
  return (
    <section className="panel borders" aria-labelledby="h-borders">
      <div className="head">
        <h2 id="h-borders">{t('borders.title')}</h2>
      </div>
      <div className="settings-body">
        <InForce />
        {session?.operator?.role === 'admin' && <Import />}
      </div>
    </section>
  )
}

function InForce(): ReactNode {
  const t = useText()
  const language = useLanguage()
  const { value: borders } = useLive('borders', {})
  if (borders === undefined || borders === null) return <p>{t('borders.none')}</p>
  const { areas, villages, source, licence, file, importedAt } = borders
  return (
    <p>
      {t('borders.inForce', { matched: areas.length, villages })}
      <br />
      {t('borders.from', { source, licence, file, date: new Date(importedAt).toLocaleDateString(language) })}
    </p>
  )
}

function Import(): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const { value: check } = useLive('borderCheck', {})
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [tooLarge, setTooLarge] = useState<number | null>(null)
  const run = (chosen: File, property: string | null): void => {
    setFile(chosen)
    setTooLarge(chosen.size > largestBordersFile ? chosen.size : null)
    if (chosen.size > largestBordersFile) {
      void core.call('cancelBorders', {})
      return
    }
    void chosen
      .text()
      .then((text) => tell(core.call('checkBorders', { file: chosen.name.slice(0, 200), text, property })))
  }
  const onDrop = (event: DragEvent): void => {
    event.preventDefault()
    const dropped = event.dataTransfer.files[0]
    if (dropped !== undefined) run(dropped, null)
  }
  return (
    <div className="border-import" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      <div className="border-file">
        <input
          ref={input}
          id="border-file"
          className="sr"
          type="file"
          tabIndex={-1}
          aria-label={t('borders.choose')}
          accept=".geojson,.json,application/geo+json"
          onChange={(event) => {
            const chosen = event.target.files?.[0]
            if (chosen !== undefined) run(chosen, null)
            // The same file may be chosen again after it was mended.
            event.target.value = ''
          }}
        />
        <button type="button" className="btn" aria-describedby="border-help" onClick={() => input.current?.click()}>
          {t('borders.chooseButton')}
        </button>
        <span id="border-help" className="dim">
          {t('borders.help', { limit: largestBordersFile / 1_000_000 })}
        </span>
      </div>
      <div aria-live="polite">
        {tooLarge !== null && (
          <p className="warn">
            {t('borders.problems.tooLarge', { size: megabytes(tooLarge), limit: megabytes(largestBordersFile) })}{' '}
            {t('borders.oldStays')}
          </p>
        )}
        {check !== undefined && tooLarge === null && (
          <BorderResult check={check} onProperty={file === null ? null : (property) => run(file, property)} />
        )}
      </div>
    </div>
  )
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1)
}
