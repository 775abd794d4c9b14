import { describe, expect, test } from 'vitest'
import { automaticOf } from './automatic.ts'
import { messageIdIn, reportOf } from './delivery-report.ts'
import { decodedWords, textOf } from './encoded-words.ts'
import { verdictsBy } from './verdicts.ts'

const headers = (values: Record<string, string>) => new Map(Object.entries(values))

describe('who wrote a mail', () => {
  test.each([
    [{}, 'Kettle', null],
    [{ 'auto-submitted': 'no' }, 'Kettle', null],
    [{ 'auto-submitted': 'auto-replied' }, 'Kettle', 'auto-reply'],
    [{ 'auto-submitted': 'auto-generated; owner-email="x@example.com"' }, 'Kettle', 'auto-reply'],
    [{ 'x-autoreply': 'yes' }, 'Kettle', 'auto-reply'],
    [{ precedence: 'auto_reply' }, 'Kettle', 'auto-reply'],
    [{}, 'Automatic reply: Kettle', 'auto-reply'],
    [{}, '自动回复：水壶', 'auto-reply'],
    [{}, 'Out of the office today?', null],
    [{ 'list-id': '<kettles.example.com>' }, 'Kettle', 'list'],
    [{ precedence: 'list' }, 'Kettle', 'list'],
    [{ 'list-unsubscribe': '<mailto:x@example.com>' }, 'Kettle', 'bulk'],
    [{ precedence: 'bulk' }, 'Kettle', 'bulk'],
    [{ 'content-type': 'multipart/report; report-type=delivery-status' }, 'Undelivered', 'bounce'],
    [{ 'content-type': 'multipart/report; report-type=disposition-notification' }, 'Read', 'receipt'],
    [{ 'return-path': '<>', from: 'MAILER-DAEMON@mail.example.com' }, 'Undelivered', 'bounce'],
    [{ 'return-path': '<>', from: 'Mail System <postmaster@example.com>' }, 'Undelivered', 'bounce'],
    [{ 'x-failed-recipients': 'x@example.com' }, 'Undelivered', 'bounce'],
    [{ 'return-path': '<>' }, 'Kettle', 'auto-reply'],
    [{ 'return-path': '<ada@example.com>' }, 'Kettle', null],
  ])('%j %j: %s', (values, subject, kind) => expect(automaticOf(headers(values as Record<string, string>), subject)).toBe(kind))
})

describe('what the own server found', () => {
  const real = 'mx.example.com (nice; comment); spf=pass (it (really) is) smtp.mailfrom=ada@example.org; dkim=fail reason="x"; dmarc=PASS'
  test('is read from its header alone', () => {
    expect(verdictsBy('mx.example.com', [real])).toEqual({ spf: 'pass', dkim: 'fail', dmarc: 'pass' })
    expect(verdictsBy('MX.example.com', ['other.example; spf=fail', real])).toEqual({ spf: 'pass', dkim: 'fail', dmarc: 'pass' })
  })
  test('is not what the sender put below or into it', () => {
    expect(verdictsBy('mx.example.com', ['mx.example.com; spf=fail', 'mx.example.com; spf=pass'])).toEqual({
      spf: 'fail',
      dkim: null,
      dmarc: null,
    })
    expect(verdictsBy('mx.example.com', ['evil.example; mx.example.com; spf=pass'])).toBeNull()
    expect(verdictsBy('mx.example.com', ['mx.example.com.evil.example; spf=pass'])).toBeNull()
    expect(verdictsBy('mx.example.com', ['mx.example.com 1; spf=excellent; dkim=none'])).toEqual({ spf: null, dkim: 'none', dmarc: null })
    expect(verdictsBy('mx.example.com', [])).toBeNull()
  })
})

describe('a mail that came back', () => {
  const report = `Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; ada@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <ada@example.org>:
 no such user`
  test('says why', () =>
    expect(reportOf(report)).toEqual({
      action: 'failed',
      status: '5.1.1',
      recipient: 'ada@example.org',
      said: '550 5.1.1 <ada@example.org>: no such user',
    }))
  test('tells of the one that failed', () =>
    expect(reportOf(report.replace('Final', 'Final-Recipient: rfc822; b@example.org\r\nAction: delivered\r\n\r\nFinal'))).toMatchObject({
      action: 'failed',
    }))
  test('that only waits says so', () =>
    expect(reportOf('Action: delayed')).toMatchObject({ action: 'delayed', status: null, recipient: null }))
  test('that says nothing is none', () => expect(reportOf('hello')).toBeNull())
  test('names the mail that it was', () => {
    expect(messageIdIn('Subject: x\r\nMessage-ID:\r\n <abc@example.com>\r\n\r\nMessage-ID: <no@example.com>')).toBe('<abc@example.com>')
    expect(messageIdIn('Subject: x\n\nMessage-ID: <no@example.com>')).toBeNull()
  })
})

describe('text in headers', () => {
  test.each([
    ['=?UTF-8?B?5rC05aO25Z2P5LqG?=', '水壶坏了'],
    ['=?utf-8?q?Caf=C3=A9_am_See?= today', 'Café am See today'],
    ['=?gb2312?B?y665+Lu1wcs=?=', '水锅坏了'],
    ['=?GB18030?B?y665+Lu1wcs=?=', '水锅坏了'],
    ['=?big5?B?pPSz/cNhpEY=?=', '水壺壞了'],
    ['=?ISO-8859-1*de?Q?Gr=FC=DFe?=', 'Grüße'],
    ['=?UTF-8?B?5rC0?= =?UTF-8?B?5aO2?=', '水壶'],
    ['=?UTF-8?B?5rC0?= and =?UTF-8?B?5aO2?=', '水 and 壶'],
    ['=?UTF-8?B?5rC05Q==?= =?UTF-8?B?o7Y=?=', '水壶'],
    ['=?nonsense?B?5rC0?=', '水'],
    ['plain =?broken', 'plain =?broken'],
  ])('%s is %s', (text, read) => expect(decodedWords(text)).toBe(read))

  test('that is written as it is, against the rules, is read all the same', () => {
    expect(textOf(Buffer.from('水壶坏了'), null)).toBe('水壶坏了')
    expect(textOf(Buffer.from('cbaeb9f8bbb5c1cb', 'hex'), null)).toBe('水锅坏了')
    expect(textOf(Buffer.from('a4f4b3fdc361a446', 'hex'), 'big5')).toBe('水壺壞了')
    expect(textOf(Buffer.from('水壶坏了'), 'us-ascii')).toBe('水壶坏了')
    expect(textOf(Buffer.from('Caf\xe9', 'latin1'), 'iso-8859-1')).toBe('Café')
  })
})
