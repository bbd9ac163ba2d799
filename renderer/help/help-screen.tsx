// Bantuan: the centre's procedures, where the keys are, and what this program is made of.
import { useState, type ReactNode } from 'react'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { About } from './about.tsx'

/** Reading never hides a call: the strip and the alarms stay above. */
export function HelpScreen(): ReactNode {
  const t = useText()
  return (
    <div className="help-screen">
      <h1 className="sr">{t('rail.help')}</h1>
      <Procedures />
      <About />
    </div>
  )
}

function Procedures(): ReactNode {
  const t = useText()
  const { value: help } = useLive('help', {})
  const [chosen, setChosen] = useState<string | null>(null)
  const pages = help?.sop ?? []
  const page = pages.find(({ code }) => code === chosen) ?? pages[0]
  const pack = help?.packs.find((one) => one.pack === 'sop')
  return (
    <section className="panel procedures" aria-labelledby="h-sop">
      <div className="head">
        <h2 id="h-sop">{t('help.sop')}</h2>
        <span className="grow" />
        {pack !== undefined && (
          <span className="dim">
            {t('help.pack', { pack: 'SOP', version: pack.version })} ·{' '}
            {t(pack.isProposal ? 'help.proposal' : 'help.approved')}
          </span>
        )}
      </div>
      <div className="procedures-body">
        <ul className="pages" aria-label={t('help.pages')}>
          {pages.map(({ code, title }, index) => (
            <li key={code}>
              <button
                type="button"
                aria-current={code === page?.code}
                onClick={() => setChosen(code)}
                {...(index === 0 ? { 'data-first-focus': true } : {})}
              >
                {title}
              </button>
            </li>
          ))}
        </ul>
        {page !== undefined && (
          <article className="scroll" tabIndex={0} aria-labelledby="h-page">
            <h3 id="h-page">{page.title}</h3>
            <ol>
              {page.steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </article>
        )}
      </div>
      <p className="keys-hint dim">
        <KeyCap action="keySheet" /> <KeyCap action="palette" /> {t('help.keys')}
      </p>
    </section>
  )
}
