// A caller of another regency: the numbers of the neighbour centres, one digit to class the call and pass it on.
import { useState, type ReactNode } from 'react'
import type { QueryOutput } from '#contract/queries.ts'
import { isFault } from '#domain/fault.ts'
import { shownNumber } from '#domain/number.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { ChoiceBar } from '../ui/choice-bar.tsx'
import { IconArrowForwardUp, IconPhone } from '../ui/icons.ts'
import { useSay, useTell } from '../ui/messages.tsx'
import type { CallRow } from './call-text.ts'

type Neighbour = QueryOutput<'station'>['neighbours'][number]

/** How a caller reaches the neighbour: the exchange passes the call on, this desk dials, or the number is told. */
function wayOf(call: CallRow, capabilities: readonly string[]): 'transfer' | 'dial' | 'tell' {
  if (call.state === 'ended') return capabilities.includes('dial') ? 'dial' : 'tell'
  return capabilities.includes('transfer') ? 'transfer' : 'tell'
}

function usePassOn(call: CallRow, onTold: (neighbour: Neighbour) => void, onDone: () => void) {
  const tell = useTell()
  const say = useSay()
  const { core } = useDesk()
  const { value: calls } = useLive('calls', {})
  const way = wayOf(call, calls?.exchange.capabilities ?? [])
  return async (neighbour: Neighbour): Promise<void> => {
    if (!(await tell(core.call('classifyCall', { call: call.call, class: 'SALAH' })))) return
    const { name, phone } = neighbour
    if (phone === null || way === 'tell') return onTold(neighbour)
    const reply =
      way === 'transfer'
        ? core.call('transferCall', { call: call.call, number: phone })
        : core.call('dialNumber', { number: phone, call: null })
    await tell(reply)
    // What the exchange refuses is done by hand: the number must stay in sight.
    if (isFault(await reply)) return onTold(neighbour)
    say({ tone: 'done', key: way === 'transfer' ? 'neighbour.transferred' : 'neighbour.dialled', values: { name } })
    onDone()
  }
}

/** Shows the numbers at once; the digit sets "salah sambung / luar wilayah" and passes the caller on. */
export function NeighbourBar({ call, onClose }: { call: CallRow; onClose: () => void }): ReactNode {
  const t = useText()
  const { value: station } = useLive('station', {})
  const [told, setTold] = useState<Neighbour | null>(null)
  const passOn = usePassOn(call, setTold, onClose)
  const neighbours = station?.neighbours ?? []
  if (told !== null) return <Told neighbour={told} onClose={onClose} />
  return (
    <ChoiceBar
      title={t('neighbour.title')}
      icon={<IconArrowForwardUp className="i" aria-hidden />}
      choices={neighbours.map(({ name, phone }) => ({
        code: name,
        label: name,
        detail: phone === null ? t('neighbour.noNumber') : shownNumber(phone),
      }))}
      onChoose={(name) => {
        const chosen = neighbours.find((one) => one.name === name)
        if (chosen !== undefined) void passOn(chosen)
      }}
      onClose={onClose}
    />
  )
}

/** The call is classed; the operator passes it on at the desk phone, or tells the caller the number. */
function Told({ neighbour, onClose }: { neighbour: Neighbour; onClose: () => void }): ReactNode {
  const t = useText()
  const { name, phone } = neighbour
  return (
    <ChoiceBar
      title={name}
      icon={<IconPhone className="i" aria-hidden />}
      choices={[
        {
          code: 'done',
          label: t(phone === null ? 'neighbour.missing' : 'neighbour.byHand'),
          ...(phone === null ? {} : { detail: shownNumber(phone) }),
        },
      ]}
      onChoose={onClose}
      onClose={onClose}
    />
  )
}
