// The two brokers of the trial site, one for the exchange and one for sync, each with a network plug. Knows no message.
import { Aedes, type AuthenticateError, type Client } from 'aedes'
import { createServer, type Server, type Socket } from 'node:net'
import { grantsOf, isUnder, type Grant, type Role } from '#log/acl.ts'

export type TrialBroker = {
  /** `mqtt://127.0.0.1:port`; the same for the whole life of the broker. */
  readonly url: string
  readonly isUp: () => boolean
  /** Pulls the plug: the port is closed and every connection cut without a word. */
  readonly cut: () => Promise<void>
  /** Plugs in again on the same port; retained messages are still there. */
  readonly restore: () => Promise<void>
  /** While true, everything published is acknowledged and thrown away: a broker that accepts and forgets. */
  readonly setForgetful: (isForgetful: boolean) => void
  readonly close: () => Promise<void>
}

export type BrokerUsers = {
  readonly site: string
  /** Role of a user name; null = not let in. User name = member, as on a real site. */
  readonly roleOf: (user: string) => Role | null
}

/** Starts a broker on loopback at a free port. Without `users` everyone may do everything. */
export async function startBroker(users?: BrokerUsers): Promise<TrialBroker> {
  const doors = new Doors()
  const aedes = await Aedes.createBroker(users === undefined ? {} : doors.rules(users))
  let isForgetful = false
  const authorize = aedes.authorizePublish
  aedes.authorizePublish = (client, packet, done) => {
    if (isForgetful && client !== null) dropPacket(packet)
    authorize(client, packet, done)
  }
  const sockets = new Set<Socket>()
  // Without it a small message waits until the one before is acknowledged.
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A socket that was cut says so here; the broker hears of it by itself.
    socket.on('error', () => undefined)
    aedes.handle(socket)
  })
  const port = await listen(server, 0)
  const cut = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => (server.listening ? server.close(() => resolve()) : resolve()))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return {
    url: `mqtt://127.0.0.1:${port}`,
    isUp: () => server.listening,
    cut,
    restore: async () => {
      if (!server.listening) await listen(server, port)
    },
    setForgetful: (value) => {
      isForgetful = value
    },
    close: async () => {
      await cut()
      await new Promise<void>((resolve) => aedes.close(() => resolve()))
    },
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

/** Like a real broker, the trial one acknowledges what it does not allow, and drops it. */
function dropPacket(packet: { topic: string; retain: boolean; payload: string | Buffer }): void {
  packet.topic = '$dropped'
  packet.retain = false
  packet.payload = ''
}

/** Who came in at the door, and what each may do. */
class Doors {
  readonly #grants = new WeakMap<Client, readonly Grant[]>()

  rules({ site, roleOf }: BrokerUsers): ConstructorParameters<typeof Aedes>[0] {
    return {
      authenticate: (client, user, _password, done) => {
        const role = user === undefined ? null : roleOf(user)
        if (user === undefined || role === null) return done(notLetIn(), false)
        this.#grants.set(client, grantsOf(site, user, role))
        done(null, true)
      },
      authorizePublish: (client, packet, done) => {
        if (client !== null && !this.#may(client, 'write', packet.topic)) dropPacket(packet)
        done(null)
      },
      authorizeForward: (client, packet) => (this.#may(client, 'read', packet.topic) ? packet : null),
    }
  }

  #may(client: Client, access: Grant['access'], topic: string): boolean {
    const grants = this.#grants.get(client) ?? []
    return grants.some((grant) => grant.access === access && isUnder(topic, grant.filter))
  }
}

/** Return code 4 of MQTT 3.1.1: bad user name or password. */
function notLetIn(): AuthenticateError {
  return Object.assign(new Error('unknown member'), { returnCode: 4 })
}
