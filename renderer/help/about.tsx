// Version, centre, data notices and the licences of everything that ships with the program.
import type { ReactNode } from 'react'
import type { QueryOutput } from '#contract/queries.ts'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import licences from './licences.json' with { type: 'json' }

/** What an auditor asks first. */
export function About(): ReactNode {
  const t = useText()
  const { value: station } = useLive('station', {})
  const { value: help } = useLive('help', {})
  return (
    <section className="panel about" aria-labelledby="h-about">
      <div className="head">
        <h2 id="h-about">{t('help.about')}</h2>
      </div>
      <div className="scroll about-body" tabIndex={0} role="group" aria-labelledby="h-about">
        <dl>
          <dt>{t('help.version')}</dt>
          <dd>Meja 112 {station?.version}</dd>
          <dt>{t('help.site')}</dt>
          <dd>{station?.siteName}</dd>
          <dt>{t('help.desk')}</dt>
          <dd>{station?.member}</dd>
        </dl>
        <h3>{t('help.packs')}</h3>
        <Packs packs={help?.packs ?? []} />
        <h3>{t('help.data')}</h3>
        <p>{t('help.areas')}</p>
        <Licences />
      </div>
    </section>
  )
}

function Packs({ packs }: { packs: QueryOutput<'help'>['packs'] }): ReactNode {
  const t = useText()
  return (
    <ul className="packs">
      {packs.map(({ pack, version, isProposal }) => (
        <li key={pack}>
          {t('help.pack', { pack, version })}{' '}
          <span className="dim">· {t(isProposal ? 'help.proposal' : 'help.approved')}</span>
        </li>
      ))}
    </ul>
  )
}

function Licences(): ReactNode {
  const t = useText()
  return (
    <>
      <h3>{t('help.licences')}</h3>
      <p>{t('help.licencesWhy', { n: licences.length })}</p>
      {licences.map(({ name, version, licence, text }) => (
        <details key={`${name} ${version}`}>
          <summary>
            {name} {version} <span className="dim">· {licence}</span>
          </summary>
          <pre>{text ?? t('help.noText', { licence: licence ?? '–' })}</pre>
        </details>
      ))}
    </>
  )
}
