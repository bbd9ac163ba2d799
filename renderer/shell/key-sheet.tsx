// All keys on one sheet, straight from the table that makes them work.
import type { ReactNode } from 'react'
import { lineCommands } from '#domain/command-line.ts'
import { useText } from '../text/text.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { actionIds, keymap, type Scope } from '../ui/keymap.ts'
import { Sheet } from '../ui/sheet.tsx'

const scopes: readonly Scope[] = [
  'desk',
  'everywhere',
  'board',
  'list',
  'missed',
  'blocks',
  'questions',
  'notes',
  'operators',
  'map',
]

/** F1. The trial keys are shown on a trial site only, the one of the recovery code on a live one. */
export function KeySheet({ isTrial, onClose }: { isTrial: boolean; onClose: () => void }): ReactNode {
  const t = useText()
  const shown = actionIds.filter((id) => (isTrial ? id !== 'recoverAdmin' : !id.startsWith('trial')))
  return (
    <Sheet title={t('keys.title')} onClose={onClose} className="key-sheet">
      <div className="columns" tabIndex={0} role="group" aria-label={t('keys.title')}>
        {scopes.map((scope) => (
          <section key={scope} aria-labelledby={`h-keys-${scope}`}>
            <h3 id={`h-keys-${scope}`}>{t(`keys.scope.${scope}`)}</h3>
            <dl>
              {shown
                .filter((id) => keymap[id].scope === scope)
                .map((id) => (
                  <div key={id}>
                    <dt>{t(keymap[id].title, { n: id.slice(-1) })}</dt>
                    <dd>
                      <KeyCap action={id} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
        <section aria-labelledby="h-keys-line">
          <h3 id="h-keys-line">{t('command.usage.title')}</h3>
          <dl>
            {lineCommands.map(({ letter, name }) => (
              <div key={name}>
                <dt>{t(`command.usage.${name}`)}</dt>
                <dd>
                  <KeyCap text={letter} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Sheet>
  )
}
