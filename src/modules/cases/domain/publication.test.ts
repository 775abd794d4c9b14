import { expect, test } from 'vitest'
import { mayGoTo, textShown } from './publication.ts'

const text = (word: string) => ({ said: `${word} said`, done: `${word} done` })

test('whoever reads one script of Chinese is shown the other one before English, and anything before nothing', () => {
  expect(textShown({ en: text('en'), 'zh-CN': text('cn') }, 'zh-TW')).toEqual({ ...text('cn'), language: 'zh-CN' })
  expect(textShown({ 'zh-TW': text('tw') }, 'en')).toEqual({ ...text('tw'), language: 'zh-TW' })
  expect(textShown({ en: text('en') }, 'zh-CN')).toEqual({ ...text('en'), language: 'en' })
  expect(textShown({}, 'en')).toBeNull()
})

test('what is published can be withdrawn, and what is not can be published', () => {
  expect(mayGoTo('draft')).toEqual(['published'])
  expect(mayGoTo('published')).toEqual(['withdrawn'])
  expect(mayGoTo('withdrawn')).toEqual(['published'])
})
