// The whole trial site in one place: two brokers with a plug each, centre, two agency desks, telephone exchange.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Handlers, Watchers } from '#contract/port.ts'
import type { TrialStart } from '#contract/shell.ts'
import type { trialCommands, trialQueries } from '#contract/trial.ts'
import { fault } from '#domain/fault.ts'
import { systemClock, type Clock } from '#domain/time.ts'
import type { Role } from '#log/acl.ts'
import type { Scope } from '#log/member.ts'
import { rootKey } from '../centre/member-list.ts'
import { startBroker, type TrialBroker } from './brokers.ts'
import { startTrialExchange, type TrialExchange } from './exchange.ts'
import { scenarios } from './scenario.ts'
import { startSimulatedAgency, type SimulatedAgency } from './simulated-agency.ts'
import { startTrialCentre } from './trial-centre.ts'
import { trialBridge, trialDesk, trialSecret, trialSite, writeTrialSite } from './trial-files.ts'

export type TrialSite = {
  readonly siteFile: string
  readonly sync: TrialBroker
  readonly exchange: TrialBroker
  readonly calls: TrialExchange
  readonly agencies: readonly SimulatedAgency[]
  readonly handlers: Handlers<typeof trialCommands>
  readonly watchers: Watchers<typeof trialQueries>
  readonly stop: () => Promise<void>
}

export type TrialOptions = {
  readonly clock?: Clock
  /** 1 = as in life, 0.1 = ten times as fast. */
  readonly pace?: number
  /** False = the exchange only tells; the desk phone is lifted by hand. */
  readonly canSteer?: boolean
  /** The brokers are up: the desk can be started with this site file, the others follow. */
  readonly onSite?: (file: string) => void
  readonly onFatal: (error: unknown) => void
}

/** The agencies that have a desk of their own in the trial. */
const online = [
  { code: 'POLRES', member: 'POLRES-1' },
  { code: 'PSC119', member: 'PSC119-1' },
] as const

/** What each member of the trial may write. */
const scopes: ReadonlyMap<string, Scope> = new Map([
  [trialDesk, 'full' as const],
  ...online.map(({ code, member }) => [member, `agency:${code}` as const] as const),
])

function roleOf(user: string): Role | null {
  if (user === trialDesk) return { kind: 'desk' }
  if (user === 'PUSAT') return { kind: 'centre' }
  const agency = online.find(({ member }) => member === user)
  return agency === undefined ? null : { kind: 'agency', code: agency.code }
}

/** Starts everything; resolves when all of it runs. */
export async function startTrialSite(start: TrialStart, options: TrialOptions): Promise<TrialSite> {
  const clock = options.clock ?? systemClock
  const pace = options.pace ?? 1
  const sync = await startBroker({ site: trialSite, roleOf })
  const exchange = await startBroker()
  const rootSeed = trialSecret(start.dir, 'root')
  const siteFile = writeTrialSite(start.dir, {
    sync: sync.url,
    exchange: exchange.url,
    rootKey: rootKey(rootSeed).key,
    online: online.map(({ code }) => code),
  })
  options.onSite?.(siteFile)
  // First, so that it hears everybody from their first word on.
  const centre = await startTrialCentre({
    store: { ...start, ...secrets(start.dir, 'centre'), clock },
    site: trialSite,
    rootSeed,
    broker: sync.url,
    version: start.version,
    clock,
    scopes,
  })
  const agencies = await Promise.all(
    online.map(({ code, member }) => {
      const desk = { ...start, ...secrets(start.dir, member), siteFile, boot: randomUUID(), isTrial: true }
      return startSimulatedAgency({ start: desk, code, member, clock, pace, onFatal: options.onFatal })
    }),
  )
  const calls = await startTrialExchange({
    site: trialSite,
    bridge: trialBridge,
    broker: exchange.url,
    members: [trialDesk],
    clock,
    canSteer: options.canSteer ?? true,
    pace,
  })
  const parts = { siteFile, sync, exchange, calls, agencies }
  return {
    ...parts,
    ...steering(parts),
    stop: async () => {
      await calls.stop()
      for (const agency of agencies) await agency.stop()
      await centre.stop()
      await sync.close()
      await exchange.close()
    },
  }
}

function secrets(dir: string, name: string): { dataDir: string; secondDir: null; key: string } {
  return { dataDir: join(dir, name), secondDir: null, key: trialSecret(join(dir, name), 'database').toString('hex') }
}

/** What the person at the window may do with the site. */
function steering(parts: Omit<TrialSite, 'handlers' | 'watchers' | 'stop'>): Pick<TrialSite, 'handlers' | 'watchers'> {
  const { sync, exchange, calls, agencies } = parts
  const pushes = new Set<() => void>()
  const told = (): Record<string, never> => {
    for (const push of pushes) push()
    return {}
  }
  const state = () => ({
    sync: sync.isUp(),
    exchange: exchange.isUp(),
    scenarios: scenarios.map(({ name, label }) => ({ name, label })),
    agencies: agencies.map(({ code, answers }) => ({ agency: code, answers: answers() })),
  })
  return {
    handlers: {
      ringCall: ({ scenario }) => ({ call: calls.ring(scenario) }),
      hangUpCaller: ({ call }) => {
        calls.hangUpCaller(call)
        return {}
      },
      setNetwork: async ({ side, up }) => {
        const broker = side === 'sync' ? sync : exchange
        await (up ? broker.restore() : broker.cut())
        return told()
      },
      setAgency: ({ agency, answers }) => {
        const desk = agencies.find(({ code }) => code === agency)
        if (desk === undefined) return fault('not_found', { field: 'agency' })
        desk.setAnswers(answers)
        return told()
      },
    },
    watchers: {
      trialState: (_input, push) => {
        const send = (): void => push(state())
        pushes.add(send)
        send()
        return () => pushes.delete(send)
      },
    },
  }
}
