// Access list and password file of a mosquitto broker, from the members of a site: user name = member. Rules of wire format 1, section 3.
import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { agencyOf } from '#log/member.ts'
import type { Scope } from '#log/member.ts'
import { topicRoot } from '#log/topic.ts'

export type BrokerUser = { readonly member: string; readonly scope: Scope }

const rules: Readonly<Record<'full' | 'centre' | 'agency', readonly string[]>> = {
  full: [
    'write op/{m}/+',
    'write card/+/{m}/+',
    'write have/{m}',
    'write want/{m}',
    'write give/+',
    'write presence/{m}',
    'write exchange/+/desk/{m}/command',
    'read op/+/+',
    'read agency/+/+/+',
    'read ack/{m}/+',
    'read have/+',
    'read want/+',
    'read give/{m}',
    'read presence/+',
    'read members',
    'read reference/#',
    'read exchange/+/call/+',
    'read exchange/+/status',
    'read exchange/+/desk/{m}/reply',
  ],
  centre: [
    'write op/{m}/+',
    'write card/+/{m}/+',
    'write ack/+/+',
    'write have/{m}',
    'write want/{m}',
    'write give/+',
    'write presence/{m}',
    'write members',
    'write reference/+',
    'read op/+/+',
    'read agency/+/+/+',
    'read ack/+/+',
    'read have/+',
    'read want/+',
    'read give/{m}',
    'read presence/+',
    'read members',
    'read reference/#',
  ],
  agency: [
    'write agency/{c}/{m}/+',
    'write have/{m}',
    'write want/{m}',
    'write presence/{m}',
    'read card/{c}/#',
    'read agency/{c}/#',
    'read ack/{m}/+',
    'read give/{m}',
    'read members',
    'read reference/#',
  ],
}

/** The text of an access list: what each member may write and read, and nothing else. */
export function accessList(site: string, users: readonly BrokerUser[]): string {
  const root = topicRoot(site)
  const blocks = users.map(({ member, scope }) => {
    const code = agencyOf(scope)
    const role = code === null ? (scope === 'centre' ? 'centre' : 'full') : 'agency'
    const lines = rules[role].map((rule) => {
      const [access = '', topic = ''] = rule.split(' ')
      return `topic ${access} ${root}${topic.replace('{m}', member).replace('{c}', code ?? '')}`
    })
    return [`user ${member}`, ...lines].join('\n')
  })
  return `${blocks.join('\n\n')}\n`
}

const iterations = 10_000

/** The text of a password file in the broker's own format (PBKDF2 with SHA-512). */
export function passwordFile(users: readonly { readonly member: string; readonly password: string }[]): string {
  const lines = users.map(({ member, password }) => {
    const salt = randomBytes(12)
    const hash = pbkdf2Sync(password, salt, iterations, 64, 'sha512')
    return `${member}:$7$${iterations}$${salt.toString('base64')}$${hash.toString('base64')}`
  })
  return `${lines.join('\n')}\n`
}

/** The configuration of a broker for one site. `port` 0 is not understood by mosquitto: give a free one. */
export function brokerConfig(facts: {
  readonly port: number
  readonly aclFile: string
  readonly passwordFile: string
  readonly bind?: string
}): string {
  return [
    `listener ${facts.port} ${facts.bind ?? '127.0.0.1'}`,
    'allow_anonymous false',
    `password_file ${facts.passwordFile}`,
    `acl_file ${facts.aclFile}`,
    'persistence false',
    'message_size_limit 300000',
    '',
  ].join('\n')
}
