import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newText } from './new-text.ts'

const quoted = '> We are sorry to hear that.\n> Which kettle is it?'

describe('what is new in an answer', () => {
  test.each([
    ['Gmail', `It is the red one.\n\nOn Tue, 3 Mar 2026 at 10:40, Care <care@example.com> wrote:\n\n${quoted}\n`],
    ['Gmail, in two lines', `It is the red one.\n\nOn Tue, 3 Mar 2026 at 10:40, Example Care Team\n<care@example.com> wrote:\n\n${quoted}`],
    ['Apple Mail', `It is the red one.\n\nOn 3 Mar 2026, at 10:40, Care <care@example.com> wrote:\n\n${quoted}\n\n`],
    ['Thunderbird', `It is the red one.\n\nOn 3/3/26 10:40, Care wrote:\n${quoted}`],
    [
      'NetEase',
      `It is the red one.\n\n\nAt 2026-03-03 10:40:00, "Care" <care@example.com> wrote:\nWe are sorry to hear that.\nWhich kettle is it?`,
    ],
    ['Outlook', `It is the red one.\n\n-----Original Message-----\nFrom: Care\nSent: Tuesday\n\nWhich kettle is it?`],
    [
      'Outlook on the web',
      'It is the red one.\n________________________________\nFrom: Care <care@example.com>\nSent: Tuesday, March 3, 2026 10:40\nTo: Ada <ada@example.org>\nSubject: Kettle\n\nWhich kettle is it?',
    ],
    [
      'bold heads',
      'It is the red one.\n\n*From:* Care\n*Date:* Tuesday, 3 March 2026\n*To:* Ada\n*Subject:* Kettle\n\nWhich kettle is it?',
    ],
    ['quoted lines alone', `It is the red one.\n\n${quoted}`],
    ['a signature', 'It is the red one.\n\n-- \nAda Example\n+44 20 7946 0000'],
    ['a telephone', 'It is the red one.\n\nSent from my iPhone'],
    [
      'a telephone above a quote',
      `It is the red one.\n\nSent from my iPhone\n\nOn 3 Mar 2026, at 10:40, Care <care@example.com> wrote:\n${quoted}`,
    ],
    ['an answer below', `On Tue, 3 Mar 2026 at 10:40, Care <care@example.com> wrote:\n${quoted}\n\nIt is the red one.`],
  ])('%s', (_, text) => expect(newText(text)).toBe('It is the red one.'))

  test.each([
    ['Gmail', `是红色的那个。\n\n客服 <care@example.com> 于2026年3月3日周二 10:40写道：\n\n> 请问是哪一个水壶？`],
    ['Gmail 繁體', `是红色的那个。\n\n客服 <care@example.com> 於 2026年3月3日 週二 上午10:40寫道：\n\n> 請問是哪一個水壺？`],
    ['Apple Mail', `是红色的那个。\n\n在 2026年3月3日，10:40，客服 <care@example.com> 写道：\n\n> 请问是哪一个水壶？`],
    ['NetEase', '是红色的那个。\n\n\n\n在 2026-03-03 10:40:00，"客服" <care@example.com> 写道：\n请问是哪一个水壶？'],
    ['NetEase, newer', '是红色的那个。\n\n---- 回复的原邮件 ----\n| 发件人 | 客服<care@example.com> |\n请问是哪一个水壶？'],
    [
      'QQ',
      '是红色的那个。\n\n------------------\u00a0原始邮件\u00a0------------------\n发件人: "客服" <care@example.com>;\n请问是哪一个水壶？',
    ],
    [
      'Outlook',
      '是红色的那个。\n\n发件人: 客服 <care@example.com>\n发送时间: 2026年3月3日 10:40\n收件人: 艾达\n主题: 水壶\n\n请问是哪一个水壶？',
    ],
    [
      'Outlook 繁體',
      '是红色的那个。\n\n寄件者: 客服 <care@example.com>\n寄件日期: 2026年3月3日 10:40\n收件者: 艾達\n主旨: 水壺\n\n請問是哪一個水壺？',
    ],
    ['a telephone', '是红色的那个。\n\n发自我的iPhone'],
    ['a telephone 繁體', '是红色的那个。\n\n從我的 iPhone 傳送'],
  ])('%s, in Chinese', (_, text) => expect(newText(text)).toBe('是红色的那个。'))

  test('is everything where somebody wrote between the quoted lines', () => {
    const between =
      'On Tue, 3 Mar 2026 at 10:40, Care <care@example.com> wrote:\n> Which kettle?\n\nThe red one.\n\n> And since when?\n\nSince Monday.'
    expect(newText(between)).toBe('The red one.\n\n> And since when?\n\nSince Monday.')
  })

  test.each([
    'She wrote:\nplease come on Monday',
    'Yesterday my husband wrote:\n\nyou never answered.',
    '我在信里这样写：\n水壶坏了',
    'From: the bottom of my heart\nthank you',
    'a -- b',
    '我的订单号是 12345',
    'My order number is\n12345',
    'On Monday I wrote: nothing came.',
  ])('takes no sentence for a quote: %j', (text) => expect(newText(text)).toBe(text))

  test('is all of it where nothing else would be left', () => {
    expect(newText(quoted)).toBe(quoted)
    expect(newText('-- \nAda')).toBe('-- \nAda')
    expect(newText('')).toBe('')
  })

  test('never makes up a line, and never loses all of them', () => {
    const line = fc.constantFrom(
      '',
      'Hello',
      '> quoted',
      '-- ',
      'On 3 Mar 2026 at 10:40, A <a@example.com> wrote:',
      'From: a',
      'Sent: b',
      'To: c',
      'Subject: d',
      '写道：',
      '----- Original Message -----',
    )
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n')
        const left = newText(text)
        const known = lines.map((each) => each.trimEnd())
        if (left !== '') for (const one of left.split('\n')) expect(known).toContain(one.trimEnd())
        expect(left === '').toBe(lines.every((one) => one === ''))
      }),
    )
  })

  test('takes no longer for a text that was made to take long', () => {
    const began = performance.now()
    for (const line of ['> ', 'Ada <a@example.com> wrote:', 'On '.repeat(100), '在'.repeat(300), 'From: x', '-'.repeat(300)])
      newText(`${line}\n`.repeat(20_000))
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})
