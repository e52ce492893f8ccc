import { valueMessages } from '../../messages/values.ts'

/** A text read as an e-mail address: the address itself, or why it is none (a sentence). */
export type ReadAddress = { readonly address: string; readonly name: string } | { readonly reason: string }

const reasons = valueMessages.addressReasons

/**
 * Reads `ann@example.com`, or `Ann Lee <ann@example.com>`. The limits are those of RFC 5321: 64 octets before the @,
 * 254 in all. Letters beyond ASCII are taken (RFC 6531); quoted local parts and addresses of computers are not.
 */
export function readAddress(text: string): ReadAddress {
  const trimmed = text.trim()
  if (trimmed === '') return { reason: reasons.empty }
  if (/\p{Cc}/u.test(trimmed)) return { reason: reasons.control }
  const named = trimmed.endsWith('>') ? trimmed.lastIndexOf('<') : -1
  if (named < 0) return checkAddress(trimmed, '')
  return checkAddress(trimmed.slice(named + 1, -1).trim(), unquoted(trimmed.slice(0, named).trim()))
}

/** Two spellings of one mailbox have the same key: domains do not tell upper from lower case, local parts may. */
export function addressKey(address: string): string {
  const at = address.lastIndexOf('@')
  return address.slice(0, at) + address.slice(at).toLowerCase()
}

function checkAddress(address: string, name: string): ReadAddress {
  const reason = fault(address)
  return reason === undefined ? { address, name } : { reason }
}

function fault(address: string): string | undefined {
  if (/\s/u.test(address)) return reasons.space
  const at = address.indexOf('@')
  if (at < 0) return reasons.noAt
  if (address.includes('@', at + 1)) return reasons.manyAt
  return (
    faultOfLocal(address.slice(0, at)) ??
    faultOfDomain(address.slice(at + 1)) ??
    (octets(address) > 254 ? reasons.long : undefined)
  )
}

function faultOfLocal(local: string): string | undefined {
  if (local === '') return reasons.noLocal
  if (octets(local) > 64) return reasons.localLong
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) return reasons.dots
  const wrong = /[^\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]/u.exec(local)
  return wrong ? reasons.local(wrong[0]) : undefined
}

function faultOfDomain(domain: string): string | undefined {
  if (domain === '') return reasons.noDomain
  const labels = domain.split('.')
  if (labels.length < 2) return reasons.noDot(domain)
  const wellFormed = labels.every(
    (label) => octets(label) <= 63 && /^[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u.test(label)
  )
  const top = labels.at(-1) ?? ''
  return wellFormed && !/^\d+$/.test(top) ? undefined : reasons.domain(domain)
}

function unquoted(name: string): string {
  return name.length >= 2 && name.startsWith('"') && name.endsWith('"') ? name.slice(1, -1) : name
}

/** How long `text` is in UTF-8. */
function octets(text: string): number {
  let length = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return length
}
