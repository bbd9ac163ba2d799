// Topics of one site: built here and taken apart here, nowhere else.

/** A topic taken apart; `epoch` is the part of the origin after the dot. */
export type Topic =
  | { readonly kind: 'op' | 'ack'; readonly member: string; readonly epoch: string }
  | { readonly kind: 'agency' | 'card'; readonly code: string; readonly member: string; readonly epoch: string }
  | { readonly kind: 'have' | 'want' | 'give' | 'presence'; readonly member: string }
  | { readonly kind: 'members' }
  | { readonly kind: 'reference'; readonly pack: string }

const member = /^[A-Z0-9-]{1,16}$/
const agency = /^[A-Z0-9]{2,12}$/
const epoch = /^[a-z2-7]{16}$/

/** True for a name that may stand as a member or an agency in topics. */
export const isMember = (value: unknown): value is string => typeof value === 'string' && member.test(value)
export const isAgency = (value: unknown): value is string => typeof value === 'string' && agency.test(value)

/** What stands before every topic of a site. */
export function topicRoot(siteName: string): string {
  return `m112/v1/${siteName}/`
}

/** Builders of the topics of one site. */
export function topicsOf(siteName: string) {
  const root = topicRoot(siteName)
  const place = (origin: string) => origin.replace('.', '/')
  return {
    op: (origin: string) => `${root}op/${place(origin)}`,
    agency: (code: string, origin: string) => `${root}agency/${code}/${place(origin)}`,
    card: (code: string, origin: string) => `${root}card/${code}/${place(origin)}`,
    ack: (origin: string) => `${root}ack/${place(origin)}`,
    have: (name: string) => `${root}have/${name}`,
    want: (name: string) => `${root}want/${name}`,
    give: (name: string) => `${root}give/${name}`,
    presence: (name: string) => `${root}presence/${name}`,
    members: `${root}members`,
  }
}
export type Topics = ReturnType<typeof topicsOf>

/** A topic of this site taken apart, or undefined when it is not one of the sync topics. */
export function readTopic(siteName: string, topic: string): Topic | undefined {
  const root = topicRoot(siteName)
  if (!topic.startsWith(root)) return undefined
  const [kind, ...rest] = topic.slice(root.length).split('/')
  const [a = '', b = '', c = ''] = rest
  switch (kind) {
    case 'op':
    case 'ack':
      return rest.length === 2 && isMember(a) && epoch.test(b) ? { kind, member: a, epoch: b } : undefined
    case 'agency':
    case 'card':
      return rest.length === 3 && isAgency(a) && isMember(b) && epoch.test(c)
        ? { kind, code: a, member: b, epoch: c }
        : undefined
    case 'have':
    case 'want':
    case 'give':
    case 'presence':
      return rest.length === 1 && isMember(a) ? { kind, member: a } : undefined
    case 'members':
      return rest.length === 0 ? { kind } : undefined
    case 'reference':
      return rest.length === 1 && a !== '' ? { kind, pack: a } : undefined
    default:
      return undefined
  }
}
