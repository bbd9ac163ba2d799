// Setelan, sounds: device, volume, test, and a mute that needs a reason and ends by itself.
import { useState, type FormEvent, type ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { useText } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { Choice } from '../ui/choice.tsx'
import { IconAlertTriangle, IconBellOff, IconVolume } from '../ui/icons.ts'
import { PlainField } from '../ui/plain-field.tsx'
import { leastVolume, muteMs } from './sound-settings.ts'
import { useRingerText } from './ringer-status.tsx'
import { useRinger, useRingerState } from './sounds.tsx'

/** A code of the list of devices; an empty id cannot be one. */
const defaultCode = 'default'

/** One panel of the settings screen. */
export function SoundPanel(): ReactNode {
  const t = useText()
  const ringer = useRinger()
  const state = useRingerState()
  const text = useRingerText()(state)
  const percent = Math.round(state.volume * 100)
  const isWrong = state.output !== 'running' || state.isLost || state.mute !== null
  return (
    <section className="panel" aria-labelledby="h-sound">
      <div className="head">
        <h2 id="h-sound">{t('sound.title')}</h2>
      </div>
      <div className="settings-body sound">
        <p className={isWrong ? 'warn' : 'dim'}>
          {isWrong && <IconAlertTriangle className="i" aria-hidden />} {text}
        </p>
        <DeviceChoice />
        <div className="field">
          <label htmlFor="sound-volume">{t('sound.volume', { percent })}</label>
          <input
            id="sound-volume"
            type="range"
            min={leastVolume * 100}
            max={100}
            step={5}
            value={percent}
            onChange={(event) => ringer.setVolume(Number(event.target.value) / 100)}
          />
          <p className="dim">{t('sound.volumeHint', { least: leastVolume * 100 })}</p>
        </div>
        <ActionButton
          action="testSound"
          icon={<IconVolume className="i" aria-hidden />}
          isPressed={state.isTesting}
          onRun={ringer.test}
        >
          {t('sound.test')}
        </ActionButton>
        {state.mute === null ? (
          <MuteForm />
        ) : (
          <Button className="btn" onPress={ringer.unmute}>
            {t('sound.unmute')}
          </Button>
        )}
      </div>
    </section>
  )
}

function DeviceChoice(): ReactNode {
  const t = useText()
  const ringer = useRinger()
  const { device, devices, isLost } = useRingerState()
  const known = devices.map(({ id, name }) => ({ code: id, label: name === '' ? t('sound.unnamed') : name }))
  const gone = isLost ? [{ code: device.id, label: t('sound.gone', { device: device.name }) }] : []
  // Named anew by the engine: the words are the same.
  const shown = known.find(({ code }) => code === device.id) ?? known.find(({ label }) => label === device.name)
  const choose = (code: string): void => {
    const chosen = devices.find(({ id }) => id === code)
    if (code === defaultCode) ringer.setDevice({ id: '', name: '' })
    else if (chosen !== undefined) ringer.setDevice(chosen)
  }
  return (
    <Choice
      label={t('sound.device')}
      value={device.id === '' ? defaultCode : (shown?.code ?? device.id)}
      options={[{ code: defaultCode, label: t('sound.default') }, ...known, ...gone]}
      onChoose={choose}
    />
  )
}

function MuteForm(): ReactNode {
  const t = useText()
  const ringer = useRinger()
  const [reason, setReason] = useState('')
  const [isNeeded, setNeeded] = useState(false)
  const mute = (event: FormEvent): void => {
    event.preventDefault()
    setNeeded(reason.trim() === '')
    ringer.mute(reason)
  }
  return (
    <form className="mute-form" onSubmit={mute}>
      <PlainField
        id="sound-mute"
        label={t('sound.muteReason')}
        value={reason}
        maxLength={120}
        onText={setReason}
        aria-invalid={isNeeded}
      />
      {isNeeded && <p className="warn">{t('common.needed')}</p>}
      <Button type="submit" className="btn">
        <IconBellOff className="i" aria-hidden /> {t('sound.mute', { minutes: muteMs / 60_000 })}
      </Button>
    </form>
  )
}
