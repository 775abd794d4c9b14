import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shippedTemplates } from './shipped/letters.ts'
import {
  type Letters,
  type Placeholder,
  placeholderNames,
  placeholdersIn,
  renderTemplate,
  type TemplateValues,
  templateProblems,
} from './template.ts'
import { languages } from './texts.ts'

const letters = (body: string, subject = 'About {{caseSubject}}'): Letters => ({
  en: { subject, body },
  'zh-CN': { subject: '', body: '' },
  'zh-TW': { subject: '', body: '' },
})
const bodyOf = (body: string, values: TemplateValues) => renderTemplate(letters(body), values, 'en').body
const reasons = (text: string) => templateProblems(text).map(({ reason, tag }) => `${reason} ${tag}`)

describe('filling in', () => {
  test('values by their kind, as the language writes them', () => {
    const values = {
      customerName: 'Li',
      promiseDay: '2026-03-11',
      amount: { minor: 129900, currency: 'CNY' },
      escalationDays: 1234,
      statusLink: 'https://x.example/a?b=1&c=2',
    }
    const body = '{{customerName}} {{promiseDay}} {{amount}} {{escalationDays}} {{statusLink}}'
    expect(bodyOf(body, values)).toBe('Li March 11, 2026 CN¥1,299.00 1,234 https://x.example/a?b=1&c=2')
    const chinese = { ...letters(''), 'zh-TW': { subject: 's', body } }
    expect(renderTemplate(chinese, values, 'zh-TW').body).toBe('Li 2026年3月11日 CN¥1,299.00 1,234 https://x.example/a?b=1&c=2')
    expect(bodyOf('{{amount}}', { amount: { minor: 5000, currency: 'JPY' } })).toBe('¥5,000')
  })
  test('sections stand only with a value, inverted ones only without, and take their lines with them', () => {
    const body =
      'A\n{{#promise}}\nWe will: {{promise}}\n{{/promise}}\n{{^promise}}\nNothing yet.\n{{/promise}}\nB ({{#amount}}{{amount}}{{/amount}})'
    expect(bodyOf(body, { promise: 'send it' })).toBe('A\nWe will: send it\nB ()')
    expect(bodyOf(body, { promise: '' })).toBe('A\nNothing yet.\nB ()')
  })
  test('what is spoken of and not said is named; what stands in a section that is left out is not', () => {
    const { missing, subject } = renderTemplate(letters('{{agentName}} {{#promise}}{{promiseDay}}{{/promise}}'), {}, 'en')
    expect(missing).toEqual(['caseSubject', 'agentName'])
    expect(subject).toBe('About')
  })
  test('the nearest language in which it is written, with its days', () => {
    const chinese = { ...letters(''), 'zh-TW': { subject: '主旨', body: '{{today}}' } }
    expect(renderTemplate(chinese, { today: '2026-01-05' }, 'zh-CN')).toMatchObject({ language: 'zh-TW', body: '2026年1月5日' })
  })
  test('a value is never a tag, a second line of the subject, or markup', () => {
    const values = {
      customerName: '{{agentName}}<script>alert(1)</script>',
      caseSubject: 'a\r\nBcc: eve@example.com',
      agentName: 'Ann',
      statusLink: 'javascript:alert(1)',
    }
    const { subject, body, html } = renderTemplate(letters('{{customerName}} {{statusLink}}'), values, 'en')
    expect(subject).toBe('About a Bcc: eve@example.com')
    expect(body).toBe('{{agentName}}<script>alert(1)</script>')
    expect(html).toBe('<p>{{agentName}}&lt;script&gt;alert(1)&lt;/script&gt;</p>')
  })
  test('links of the text become links in HTML, whole and nothing more', () =>
    expect(renderTemplate(letters('See {{statusLink}}.\nBye'), { statusLink: 'https://x.example/a?b=1&c=2' }, 'en').html).toBe(
      '<p>See <a href="https://x.example/a?b=1&amp;c=2">https://x.example/a?b=1&amp;c=2</a>.<br>Bye</p>',
    ))
  test('a link of nothing but dots takes no longer than another', () => {
    const began = performance.now()
    renderTemplate(letters('{{statusLink}}'), { statusLink: `http://${'.'.repeat(100_000)}x` }, 'en')
    expect(performance.now() - began).toBeLessThan(2000)
  })
  test('names of every object are no placeholders', () => {
    expect(bodyOf('{{constructor}}{{__proto__}}{{toString}}', {})).toBe('')
    expect(reasons('{{constructor}}')).toEqual(['unknown-placeholder {{constructor}}'])
  })
})

describe('what is wrong with a template', () => {
  test.each([
    ['Dear {{customerName}}', []],
    ['Dear {{ customerName }}', []],
    ['Dear {{custmerName}}', ['unknown-placeholder {{custmerName}}']],
    ['{{#promise}}x', ['unclosed-section {{#promise}}']],
    ['x{{/promise}}', ['unopened-section {{/promise}}']],
    ['{{#promise}}{{#amount}}{{/promise}}{{/amount}}', ['unopened-section {{/promise}}', 'unclosed-section {{#promise}}']],
    ['{{{customerName}}}', ['unescaped {{{customerName}}}']],
    ['{{&customerName}}', ['unescaped {{&customerName}}']],
    ['{{>file}}', ['unescaped {{>file}}']],
    ['{{=<% %>=}}', ['unescaped {{=<% %>=}}']],
    ['Dear {{customerName', ['unclosed-tag {{']],
  ])('%s', (text, wrong) => expect(reasons(text)).toEqual(wrong))
})

describe('whatever the values', () => {
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom('<b>', '{{agentName}}', '"', "'", '&amp;', '\r\n', '</p><img src=x onerror=alert(1)>'),
  )
  test('no markup of theirs comes through, and the subject has one line', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...placeholderNames), value), (values) => {
        const body = placeholderNames.map((name) => `{{#${name}}}[{{${name}}}]{{/${name}}}`).join(' ')
        const { subject, html } = renderTemplate(letters(body), values as Partial<Record<Placeholder, string>>, 'en')
        expect(subject).not.toMatch(/[\r\n]/)
        expect(html.replace(/<\/?(p|br|a)>|<a href="https?:[^"<>]*">/g, '')).not.toMatch(/[<>"']/)
      }),
    )
  })
  test('a text without tags stays as it is', () => {
    const plain = fc.string().filter((text) => !/[{}]/.test(text))
    fc.assert(
      fc.property(plain, (text) => {
        expect(bodyOf(text, {})).toBe(text.trim())
      }),
    )
  })
})

describe('the shipped templates', () => {
  test.each(shippedTemplates)('$key is whole in every language and names the same everywhere', ({ texts }) => {
    const named = (language: (typeof languages)[number]) => placeholdersIn(`${texts[language].subject}\n${texts[language].body}`).toSorted()
    for (const language of languages) {
      expect(templateProblems(`${texts[language].subject}\n${texts[language].body}`)).toEqual([])
      expect(named(language)).toEqual(named('en'))
    }
  })
  test('without the optional parts no hole is left', () => {
    const values = {
      customerName: 'Li',
      caseNumber: 'C-1',
      caseSubject: 'tea',
      receivedDay: '2026-01-05',
      answerDay: '2026-01-07',
      agentName: 'Ann',
      companyName: 'Tea',
      contactLine: '0',
      departmentName: 'Desk',
    }
    const { body, missing } = renderTemplate(shippedTemplates[0]!.texts, values, 'en')
    expect(missing).toEqual([])
    expect(body).toBe(
      'Dear Li,\n\nThank you for telling us about “tea”. Your message reached us on January 5, 2026 and has the number C-1.\n\nYou will hear from us by January 7, 2026. If we need more time, we will tell you before that day, and why.\n\nKind regards\nAnn\nDesk\nTea\n0',
    )
  })
})
