// What the check of a file of borders found: how far it is, why it is refused, or what it holds and how it comes into force.
import { useState, type FormEvent, type ReactNode } from 'react'
import type { QueryOutput } from '#contract/queries.ts'
import { largestBordersFile, type BorderProblem, type BorderReport } from '#domain/borders.ts'
import { useDesk } from '../link/desk.ts'
import { useText } from '../text/text.ts'
import { useTell } from '../ui/messages.tsx'
import { PlainField } from '../ui/plain-field.tsx'

type Check = QueryOutput<'borderCheck'>
type Translate = ReturnType<typeof useText>
type Props = {
  readonly check: Check
  /** Checks the same file by another property; null where the file is not at hand any more. */
  readonly onProperty: ((property: string) => void) | null
}

/** One of: nothing, progress, refusal, result. */
export function BorderResult({ check, onProperty }: Props): ReactNode {
  const t = useText()
  const { core } = useDesk()
  const cancel = (): void => void core.call('cancelBorders', {})
  if (check.state === 'none') return null
  const { file } = check
  if (check.state === 'running') {
    return (
      <div className="line">
        <progress max={100} value={check.percent} aria-label={t('borders.checking', { file })} />
        <span>{t('borders.checking', { file })}</span>
        <button type="button" className="btn" onClick={cancel}>
          {t('borders.cancel')}
        </button>
      </div>
    )
  }
  if (check.state === 'failed') return <p className="warn">{t('borders.failed', { file })}</p>
  const { report } = check
  const isRefused = report.problemCount > 0
  return (
    <>
      {isRefused ? <Refused file={file} report={report} /> : <Counts file={file} report={report} />}
      <CodeProperty report={report} onProperty={onProperty} />
      {!isRefused && <Accept onCancel={cancel} />}
    </>
  )
}

function Refused({ file, report: { problems, problemCount } }: { file: string; report: BorderReport }): ReactNode {
  const t = useText()
  return (
    <>
      <p className="warn">
        <b>{t('borders.refused', { file, n: problemCount })}</b> {t('borders.oldStays')}
      </p>
      <ol className="border-problems" tabIndex={0} aria-label={t('borders.problemList')}>
        {problems.map((problem) => (
          <li key={`${problem.kind} ${problem.line} ${problem.feature}`}>{problemText(t, problem)}</li>
        ))}
      </ol>
    </>
  )
}

function problemText(t: Translate, { kind, line, feature, read }: BorderProblem): string {
  const where = line === null ? '' : t('borders.line', { line })
  const which = feature === null ? '' : t('borders.feature', { feature })
  const size = kind === 'tooLarge' ? (Number(read) / 1_000_000).toFixed(1) : ''
  const what = t(`borders.problems.${kind}`, { read, size, limit: (largestBordersFile / 1_000_000).toFixed(1) })
  return [where, which, what].filter((part) => part !== '').join(' · ')
}

function Counts({ file, report }: { file: string; report: BorderReport }): ReactNode {
  const t = useText()
  const { matched, villages, missing, unknown, withoutCode, otherRegencies, turnedRings, pointsRead, pointsKept } =
    report
  const lines = [
    missing.length > 0 && t('borders.missing', { n: missing.length, list: shortList(missing) }),
    unknown.length > 0 &&
      t('borders.unknown', {
        n: unknown.length,
        list: shortList(unknown.map(({ code, line }) => t('borders.codeAt', { code, line }))),
      }),
    withoutCode.length > 0 && t('borders.withoutCode', { n: withoutCode.length, list: shortList(withoutCode) }),
    otherRegencies > 0 && t('borders.otherRegencies', { n: otherRegencies }),
    turnedRings > 0 && t('borders.turned', { n: turnedRings }),
    t('borders.points', { read: pointsRead, kept: pointsKept }),
  ].filter((line) => line !== false)
  return (
    <>
      <p>
        <b>{t('borders.matched', { file, matched, villages })}</b>
      </p>
      <ul className="border-problems" tabIndex={0} aria-label={t('borders.foundList')}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  )
}

function shortList(items: readonly (string | number)[]): string {
  return items.length > 20 ? `${items.slice(0, 20).join(', ')} ...` : items.join(', ')
}

type PropertyProps = { readonly report: BorderReport; readonly onProperty: Props['onProperty'] }

/** Which property the codes are taken from; another one is tried at once. */
function CodeProperty({ report: { property, properties }, onProperty }: PropertyProps): ReactNode {
  const t = useText()
  if (property === null || onProperty === null || properties.length < 2) return null
  return (
    <div className="field">
      <label htmlFor="border-property">{t('borders.property')}</label>
      <select
        id="border-property"
        className="input"
        value={property}
        onChange={(event) => onProperty(event.target.value)}
      >
        {properties.map(({ name, known }) => (
          <option key={name} value={name}>
            {t('borders.propertyCount', { name, n: known })}
          </option>
        ))}
      </select>
    </div>
  )
}

function Accept({ onCancel }: { onCancel: () => void }): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const [source, setSource] = useState('')
  const [licence, setLicence] = useState('')
  const [isAsking, setAsking] = useState(false)
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    setAsking(source.trim() === '' || licence.trim() === '')
    if (source.trim() !== '' && licence.trim() !== '') void tell(core.call('acceptBorders', { source, licence }))
  }
  return (
    <form className="border-accept" onSubmit={onSubmit}>
      <PlainField id="border-source" label={t('borders.source')} maxLength={200} value={source} onText={setSource} />
      <PlainField
        id="border-licence"
        label={t('borders.licence')}
        maxLength={200}
        value={licence}
        onText={setLicence}
      />
      {isAsking && <p className="warn">{t('borders.noteNeeded')}</p>}
      <div className="line">
        <button type="submit" className="btn primary">
          {t('borders.accept')}
        </button>
        <button type="button" className="btn" onClick={onCancel}>
          {t('borders.cancel')}
        </button>
      </div>
    </form>
  )
}
