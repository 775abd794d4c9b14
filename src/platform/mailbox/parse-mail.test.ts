import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KeepFile } from './parse-mail.ts'
import { mailLimits, type ParsedMail, parseMail } from './parse-mail.ts'

const limits = mailLimits(1 << 20)
/** Reads a mail in pieces of a size, and what its files hold. */
async function read(raw: string | Buffer, { piece = 1000, most = limits } = {}): Promise<ParsedMail & { kept: string[] }> {
  const bytes = typeof raw === 'string' ? Buffer.from(raw.replace(/\r?\n/g, '\r\n')) : raw
  const kept: string[] = []
  const keep: KeepFile = async ({ content }) => {
    const parts: Uint8Array[] = []
    for await (const part of content) parts.push(part)
    const whole = Buffer.concat(parts)
    kept.push(whole.toString('utf8'))
    return { fileId: `file ${kept.length}`, bytes: whole.length }
  }
  const source = async function* () {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
  }
  return { ...(await parseMail(source(), keep, most)), kept }
}

const head = `From: "Ada Example" <Ada@Example.org>
To: Care <care@example.com>
Subject: The kettle
Date: Tue, 3 Mar 2026 10:40:00 +0800
Message-ID: <one@example.org>
MIME-Version: 1.0
`
const ofType = (type: string, body: string) => `${head}Content-Type: ${type}\n\n${body}`

describe('a mail', () => {
  test('of plain text', async () => {
    const mail = await read(
      `${head}In-Reply-To: <zero@example.com>\nReferences: <minus@example.com>\n <zero@example.com>\n\nIt is broken.\n`,
    )
    expect(mail).toMatchObject({
      messageId: '<one@example.org>',
      inReplyTo: '<zero@example.com>',
      references: ['<minus@example.com>', '<zero@example.com>'],
      from: { name: 'Ada Example', address: 'ada@example.org' },
      to: [{ name: 'Care', address: 'care@example.com' }],
      cc: [],
      replyTo: null,
      subject: 'The kettle',
      sentAt: new Date('2026-03-03T02:40:00Z'),
      text: 'It is broken.',
      html: null,
      attachments: [],
      automatic: null,
      report: null,
      cut: null,
    })
  })

  test('with HTML, a picture within it and a file', async () => {
    const mail = await read(
      ofType(
        'multipart/mixed; boundary=a',
        `--a
Content-Type: multipart/related; boundary=b

--b
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/plain; charset=utf-8

See below
--c
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p onclick=3D"x">See <img src=3D"cid:logo@example.org"></p><script>x</script>
--c--
--b
Content-Type: image/png; name="logo.png"
Content-ID: <logo@example.org>
Content-Disposition: inline; filename="logo.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--b--
--a
Content-Type: application/pdf
Content-Disposition: attachment; filename="=?UTF-8?B?5Y+R56WoLnBkZg==?="
Content-Transfer-Encoding: base64

aGVsbG8=
--a--
`,
      ),
    )
    expect(mail.text).toBe('See below')
    expect(mail.html).toBe('<p>See <img alt="" data-attachment="file 1" /></p>')
    expect(mail.attachments).toEqual([
      { fileId: 'file 1', name: 'logo.png', mediaType: 'image/png', bytes: 8, inline: true },
      { fileId: 'file 2', name: '发票.pdf', mediaType: 'application/pdf', bytes: 5, inline: false },
    ])
    expect(mail.kept[1]).toBe('hello')
    expect(mail.cut).toBeNull()
  })

  test('of HTML alone has its words as text', async () => {
    expect(await read(ofType('text/html; charset=utf-8', '<p>It is <b>broken</b>.</p><p>Please help.</p>'))).toMatchObject({
      text: 'It is broken.\n\nPlease help.',
      html: '<p>It is <b>broken</b>.</p><p>Please help.</p>',
    })
  })

  test.each([
    ['gb2312', 'cbaeb9f8bbb5c1cb', '水锅坏了'],
    ['GB18030', '8139ee39cbae', '㐀水'],
    ['big5', 'a4f4b3fdc361a446', '水壺壞了'],
    ['iso-2022-jp', '1b2442244d1b2842', 'ね'],
    ['iso-8859-1', '47 72 fc df 65'.replaceAll(' ', ''), 'Grüße'],
    ['utf-8', Buffer.from('水壶坏了').toString('hex'), '水壶坏了'],
  ])('in %s', async (charset, hex, text) => {
    const raw = Buffer.concat([
      Buffer.from(`${ofType(`text/plain; charset=${charset}`, '')}`.replace(/\n/g, '\r\n')),
      Buffer.from(hex, 'hex'),
      Buffer.from('\r\n'),
    ])
    // Also where a character is cut in two.
    for (const piece of [1, 7, 1000]) expect((await read(raw, { piece })).text).toBe(text)
  })

  test('whose head is written in GB18030 as it is', async () => {
    const raw = Buffer.concat([
      Buffer.from('From: ada@example.org\r\nSubject: '),
      Buffer.from('cbaeb9f8bbb5c1cb', 'hex'),
      Buffer.from('\r\n\r\nx'),
    ])
    expect((await read(raw)).subject).toBe('水锅坏了')
  })

  test('that says nothing of itself', async () => {
    expect(await read('\n\nhello')).toMatchObject({ messageId: null, from: null, subject: '', sentAt: null, to: [], references: [] })
    expect(await read('')).toMatchObject({ messageId: null, from: null, text: '' })
    expect(await read(`${head.replace(/Date: .*\n/, 'Date: yesterday\n')}\nx`)).toMatchObject({ sentAt: null })
  })

  test('that hands on another one keeps it as a file, and looks not into it', async () => {
    const mail = await read(
      ofType(
        'multipart/mixed; boundary=a',
        `--a\n\nSee this\n--a\nContent-Type: message/rfc822\n\nSubject: Inner\nContent-Type: text/html\n\n<p>inner</p>\n--a--\n`,
      ),
    )
    expect(mail).toMatchObject({ text: 'See this', html: null, attachments: [{ name: 'message.eml', mediaType: 'message/rfc822' }] })
    expect(mail.kept[0]).toContain('Subject: Inner')
  })

  test('that came back says which and why', async () => {
    const mail = await read(
      ofType(
        'multipart/report; report-type=delivery-status; boundary=a',
        `--a\n\nIt could not be delivered.\n--a\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; bob@example.org\nAction: failed\nStatus: 5.1.1\n\n--a\nContent-Type: message/rfc822\n\nMessage-ID: <ours@example.com>\nSubject: Answer\n\nx\n--a--\n`,
      ),
    )
    expect(mail).toMatchObject({
      automatic: 'bounce',
      report: { messageId: '<ours@example.com>', report: { action: 'failed', status: '5.1.1' } },
    })
    expect(mail.text).toBe('It could not be delivered.')
  })

  test('shows every address that it went to, and what its server found, in their order', async () => {
    const mail = await read(
      `Delivered-To: care+x@example.com\nAuthentication-Results: top.example; spf=pass\nAuthentication-Results: below.example; spf=fail\n${head}Cc: b@example.org, "C, D" <c@example.org>\n\nx`,
    )
    expect(mail.recipients).toEqual(['care@example.com', 'b@example.org', 'c@example.org', 'care+x@example.com'])
    expect(mail.cc[1]).toEqual({ name: 'C, D', address: 'c@example.org' })
    expect(mail.authResults).toEqual(['top.example; spf=pass', 'below.example; spf=fail'])
  })

  test('keeps no sign that a database cannot, and no name that leads astray', async () => {
    const mail = await read(
      ofType(
        'multipart/mixed; boundary=a',
        `--a\n\nNUL \0 here\n--a\nContent-Disposition: attachment; filename="..\\\\..\\\\bill\u202efdp.exe"\n\nx\n--a--\n`,
      ),
    )
    expect(mail.text).toBe('NUL  here')
    expect(mail.attachments[0]!.name).toBe('billfdp.exe')
  })

  test('whose sender writes an address into the name is from the address', async () => {
    expect((await read(`From: "boss@example.com" <evil@example.net>\n\nx`)).from).toEqual({
      name: 'boss@example.com',
      address: 'evil@example.net',
    })
    expect((await read(`From: =?UTF-8?B?Ym9zc0BleGFtcGxlLmNvbSA8Ym9zc0BleGFtcGxlLmNvbT4=?= <evil@example.net>\n\nx`)).from!.address).toBe(
      'evil@example.net',
    )
  })
})

describe('a mail bomb', () => {
  test('of many parts is cut short, with its head', async () => {
    const many = `--a\nContent-Type: text/plain\n\nx\n`.repeat(3000)
    expect(await read(ofType('multipart/mixed; boundary=a', `${many}--a--`))).toMatchObject({
      cut: 'too-complex',
      subject: 'The kettle',
      from: { address: 'ada@example.org' },
    })
  })
  test('of parts in parts is cut short', async () => {
    let body = ''
    for (let depth = 0; depth < 2000; depth++) body += `--b${depth}\nContent-Type: multipart/mixed; boundary=b${depth + 1}\n\n`
    expect(await read(ofType('multipart/mixed; boundary=b0', body))).toMatchObject({ cut: 'too-complex', subject: 'The kettle' })
  })
  test('of mails in mails is one file', async () => {
    const mail = await read(ofType('message/rfc822', 'Content-Type: message/rfc822\n\n'.repeat(5000)))
    expect(mail).toMatchObject({ cut: null, subject: 'The kettle' })
    expect(mail.attachments).toHaveLength(1)
  })
  test('of many files keeps the first of them', async () => {
    const file = `--a\nContent-Disposition: attachment; filename=x.txt\n\nx\n`
    const mail = await read(ofType('multipart/mixed; boundary=a', `--a\n\nhello\n${file.repeat(120)}--a--`))
    expect(mail).toMatchObject({ cut: 'too-complex', text: 'hello' })
    expect(mail.attachments).toHaveLength(50)
    expect(mail.kept).toHaveLength(50)
  })
  test('of a head without end is cut short', async () => {
    expect(await read(`${head}X-Long: ${'x'.repeat(400_000)}\n\nhello`)).toMatchObject({ cut: 'too-complex', subject: 'The kettle' })
    expect(await read(`${head}${'X-Many: y\n'.repeat(60_000)}\nhello`)).toMatchObject({ cut: 'too-complex', subject: 'The kettle' })
  })
  test('of nothing but lines is cut short', async () => {
    const began = performance.now()
    expect(await read(ofType('text/plain', '\n'.repeat(900_000)), { piece: 65_536 })).toMatchObject({
      cut: 'too-complex',
      subject: 'The kettle',
    })
    expect(performance.now() - began).toBeLessThan(10_000)
  })
  test('that is larger than it said is cut short', async () => {
    expect(await read(ofType('text/plain', 'x'.repeat(2 << 20)))).toMatchObject({ cut: 'too-large', subject: 'The kettle' })
  })
  test('of text is kept as far as it is read', async () => {
    const { text, cut } = await read(ofType('text/plain', `${'word '.repeat(50)}\n`.repeat(4100)), { most: mailLimits(4 << 20) })
    expect([text.length <= 1_000_000, cut]).toEqual([true, 'too-complex'])
  })
  test('of a thousand recipients names the first of them', async () => {
    const many = Array.from({ length: 1000 }, (_, i) => `a${i}@example.org`).join(',\n ')
    expect((await read(`To: ${many}\n\nx`)).to).toHaveLength(200)
  })
})

test('what goes wrong with reading or storing is not the mail’s fault', async () => {
  const broken = async function* () {
    yield Buffer.from(`${head}\r\n`)
    throw new Error('The server is gone')
  }
  await expect(parseMail(broken(), async () => ({ fileId: 'x', bytes: 0 }), limits)).rejects.toThrow('The server is gone')
  const attached = Buffer.from(
    ofType('multipart/mixed; boundary=a', `--a\n\nx\n--a\nContent-Disposition: attachment; filename=x\n\ny\n--a--\n`).replaceAll(
      '\n',
      '\r\n',
    ),
  )
  const full = async () => {
    throw new Error('The disk is full')
  }
  const source = async function* () {
    yield attached
  }
  await expect(parseMail(source(), full, limits)).rejects.toThrow('The disk is full')
})

test.each([
  ['quoted-printable', 'Message-ID: <a=00b>\n\nx'],
  ['base64', Buffer.from('Message-ID: <a\0b>\r\n\r\nx').toString('base64')],
])('what comes back with an id that no database holds, in %s, has none', async (encoding, body) => {
  const part = `--a\nContent-Type: message/rfc822\nContent-Transfer-Encoding: ${encoding}\n\n${body}\n`
  const status = `--a\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; no\0 such user\n`
  const mail = await read(
    `${head.replace('<one@example.org>', '<o\0ne@example.org>')}In-Reply-To: <a\0b>\nX-Failed-Recipients: x\nContent-Type: multipart/report; boundary=a\n\n${status}${part}--a--`,
  )
  expect(JSON.stringify({ ...mail, kept: [] })).not.toContain('\\u0000')
  expect(mail).toMatchObject({ messageId: null, inReplyTo: null, automatic: 'bounce', report: { messageId: null } })
})

test('whatever comes is read to its end, and is what a database can hold', async () => {
  const line = fc.constantFrom(
    'From: a@example.org',
    'Subject: =?utf-8?q?=00=ff?=',
    'Content-Type: multipart/mixed; boundary="a"',
    'Content-Type: text/html',
    'Content-Transfer-Encoding: base64',
    'Content-Transfer-Encoding: quoted-printable',
    "Content-Disposition: attachment; filename*=utf-8''%00%ff",
    '',
    '--a',
    '--a--',
    '=',
    '<p>',
    'Content-Type: message/rfc822',
    'Content-Type: message/delivery-status',
    'Content-Type: text/plain; charset=nonsense',
    ' folded',
    '\u0000',
    'Content-ID: <x>',
    'Message-ID: <a=00b>',
    'Message-ID: <a\u0000b>',
    'In-Reply-To: <a\u0000b>',
    'Action: failed',
    'Diagnostic-Code: smtp; a\u0000b',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(line, fc.string({ unit: 'binary' }))), fc.integer({ min: 1, max: 50 }), async (lines, piece) => {
      const mail = await read(Buffer.from(lines.join('\r\n')), { piece })
      const text = JSON.stringify({ ...mail, kept: [] })
      expect(text).not.toContain('\\u0000')
      expect(text).not.toMatch(/\\ud[89a-f]/)
    }),
    { numRuns: 300 },
  )
})
