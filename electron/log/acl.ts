// Who may write and read which topic (wire format 1, section 3), as one table: brokers enforce it, nobody else knows it.
import { topicRoot } from './topic.ts'

/** What a user name of the broker stands for. A bridge is a telephone exchange. */
export type Role =
  | { readonly kind: 'desk' }
  | { readonly kind: 'centre' }
  | { readonly kind: 'agency'; readonly code: string }
  | { readonly kind: 'bridge' }

type Access = 'read' | 'write'
export type Grant = { readonly access: Access; readonly filter: string }

/** %u = the user's own name, %a = its agency. */
const grants: Readonly<Record<Role['kind'], Readonly<Record<Access, readonly string[]>>>> = {
  desk: {
    write: ['op/%u/+', 'card/+/%u/+', 'have/%u', 'want/%u', 'give/+', 'presence/%u', 'exchange/+/desk/%u/command'],
    read: [
      'op/+/+',
      'agency/+/+/+',
      'have/+',
      'want/+',
      'give/%u',
      'presence/+',
      'ack/%u/+',
      'members',
      'reference/+',
      'exchange/+/call/+',
      'exchange/+/status',
      'exchange/+/desk/%u/reply',
    ],
  },
  centre: {
    write: [
      'op/%u/+',
      'card/+/%u/+',
      'ack/+/+',
      'have/%u',
      'want/%u',
      'give/+',
      'presence/%u',
      'members',
      'reference/+',
    ],
    // Its own retained words too: a restored centre goes on counting above them.
    read: ['op/+/+', 'agency/+/+/+', 'ack/+/+', 'have/+', 'want/+', 'give/%u', 'presence/+', 'members', 'reference/+'],
  },
  agency: {
    write: ['agency/%a/%u/+', 'have/%u', 'want/%u', 'presence/%u'],
    // Exactly this, so that an agency never sees what was not relayed to it.
    read: ['card/%a/+/+', 'agency/%a/+/+', 'ack/%u/+', 'give/%u', 'members', 'reference/+'],
  },
  bridge: {
    write: ['exchange/%u/call/+', 'exchange/%u/status', 'exchange/%u/desk/+/reply'],
    // Its own retained documents, so that it can clear them when it starts.
    read: ['exchange/%u/desk/+/command', 'exchange/%u/call/+'],
  },
}

/** Everything a user may do at a site, as MQTT topic filters. */
export function grantsOf(site: string, user: string, role: Role): Grant[] {
  const root = topicRoot(site)
  const agency = role.kind === 'agency' ? role.code : ''
  return (['write', 'read'] as const).flatMap((access) =>
    grants[role.kind][access].map((pattern) => ({
      access,
      filter: `${root}${pattern.replace('%u', user).replace('%a', agency)}`,
    })),
  )
}

/** True when a topic (no wildcards) falls under a filter whose only wildcards are whole levels `+`. */
export function isUnder(topic: string, filter: string): boolean {
  const levels = topic.split('/')
  const wanted = filter.split('/')
  return levels.length === wanted.length && wanted.every((level, index) => level === '+' || level === levels[index])
}

/** The same table as an ACL file of mosquitto, for the users of one site. */
export function mosquittoAcl(site: string, users: ReadonlyMap<string, Role>): string {
  const blocks = [...users].map(([user, role]) =>
    [`user ${user}`, ...grantsOf(site, user, role).map(({ access, filter }) => `topic ${access} ${filter}`)].join('\n'),
  )
  return `${blocks.join('\n\n')}\n`
}
