/** An e-mail address as it is compared: trimmed and in lower case; null where it is none. */
export function comparableEmail(text: string | null | undefined): string | null {
  const plain = (text ?? '').normalize('NFKC').trim().toLowerCase()
  return /^[^\s@]+@[^\s@]+$/.test(plain) ? plain : null
}

/** A phone number as it is compared: its digits without a leading 00; null below five digits. A plus sign and separators do not count. */
export function comparablePhone(text: string | null | undefined): string | null {
  const digits = (text ?? '').normalize('NFKC').replace(/\D/g, '').replace(/^00/, '')
  return digits.length >= 5 ? digits : null
}

/** The key under which a source's record is known: its own id where it has one, else e-mail, else phone; null where nothing names it. */
export function recordKey(record: { externalId: string | null; email: string | null; phone: string | null }): string | null {
  const id = record.externalId?.trim()
  if (id) return id
  const email = comparableEmail(record.email)
  if (email) return `email:${email}`
  const phone = comparablePhone(record.phone)
  return phone ? `phone:${phone}` : null
}
