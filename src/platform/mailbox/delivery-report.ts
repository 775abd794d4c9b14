/** What a mail that came back says about why (RFC 3464). Pure. */
export interface DeliveryReport {
  /** 'failed' for good, 'delayed', 'delivered', 'relayed' or 'expanded'. */
  readonly action: string
  /** Three numbers such as 5.1.1, the first of which says whether it may work later. */
  readonly status: string | null
  readonly recipient: string | null
  /** The other server's own words. */
  readonly said: string | null
}

/** Reads a `message/delivery-status` part: a block about the mail, then one for each recipient, of which the first that failed tells most. */
export function reportOf(text: string): DeliveryReport | null {
  // The words of another machine are a stranger's too: what a database cannot hold is no word of theirs.
  const blocks = text
    .toWellFormed()
    .replaceAll('\0', '')
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map(fieldsOf)
  const reports = blocks.flatMap((fields): DeliveryReport[] => {
    const action = fields.get('action')?.toLowerCase()
    if (action === undefined) return []
    return [
      {
        action,
        status: /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? null,
        recipient: behindType(fields.get('final-recipient') ?? fields.get('original-recipient')),
        said: behindType(fields.get('diagnostic-code'))?.slice(0, 300) ?? null,
      },
    ]
  })
  return reports.find(({ action }) => action === 'failed') ?? reports[0] ?? null
}

function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? []
    if (name !== undefined && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value!.trim())
  }
  return fields
}

const behindType = (value: string | undefined): string | null => value?.replace(/^[\w-]+\s*;\s*/, '').trim() || null

/** The Message-ID in the head of a mail, such as of the one that came back. */
export function messageIdIn(head: string): string | null {
  const unfolded = head
    .replace(/\r\n?/g, '\n')
    .split(/\n\n/, 1)[0]!
    .replace(/\n[ \t]+/g, ' ')
  return /^message-id:\s*(<[^<>\s\p{Cc}]{3,250}>)/imu.exec(unfolded)?.[1]?.toWellFormed() ?? null
}
