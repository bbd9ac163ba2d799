// Setelan: what a person sets for this computer. A panel for each thing that can be set.
import type { ReactNode } from 'react'
import { zooms } from '#contract/page.ts'
import { BorderPanel } from '../map/border-panel.tsx'
import { SoundPanel } from '../sound/sound-settings-panel.tsx'
import { languages, useText, type Language } from '../text/text.ts'
import { Segments } from '../ui/segments.tsx'
import { themes, type Theme } from './settings.ts'
import type { ZoomChoice } from './zoom.ts'

export type Looks = {
  readonly theme: Theme
  readonly language: Language
  readonly onTheme: (theme: Theme) => void
  readonly onLanguage: (language: Language) => void
  readonly zoom: ZoomChoice
}

/** Everything works at once; there is nothing to save. */
export function SettingsScreen({ looks }: { looks: Looks }): ReactNode {
  const t = useText()
  return (
    <div className="settings-screen">
      <h1 className="sr">{t('rail.settings')}</h1>
      <section className="panel" aria-labelledby="h-looks">
        <div className="head">
          <h2 id="h-looks">{t('settings.looks')}</h2>
        </div>
        <div className="settings-body">
          <Segments
            label={t('settings.theme')}
            value={looks.theme}
            options={themes.map((theme) => ({ code: theme, label: t(`theme.${theme}`) }))}
            onChoose={(code) => pick(themes, code, looks.onTheme)}
          />
          <Segments
            label={t('settings.language')}
            value={looks.language}
            options={languages.map((language) => ({ code: language, label: t(`language.${language}`) }))}
            onChoose={(code) => pick(languages, code, looks.onLanguage)}
          />
          <Segments
            label={t('settings.zoom')}
            value={looks.zoom.isAutomatic ? 'auto' : String(looks.zoom.zoom)}
            options={[
              { code: 'auto', label: t('settings.zoomAuto') },
              ...zooms.map((zoom) => ({ code: String(zoom), label: `${zoom} %` })),
            ]}
            onChoose={(code) => looks.zoom.choose(zooms.find((zoom) => String(zoom) === code) ?? null)}
          />
        </div>
      </section>
      <SoundPanel />
      <BorderPanel />
    </div>
  )
}

function pick<T extends string>(choices: readonly T[], code: string, onPick: (choice: T) => void): void {
  const choice = choices.find((one) => one === code)
  if (choice !== undefined) onPick(choice)
}
