import en from './en.json' with { type: 'json' }
import simplified from './zh-CN.json' with { type: 'json' }
import traditional from './zh-TW.json' with { type: 'json' }

/** The module's words where no browser is: in mails. */
export const texts = { en, 'zh-CN': simplified, 'zh-TW': traditional } as const

/** The words of its pages for customers. */
export const portalTexts = { en: en.portal, 'zh-CN': simplified.portal, 'zh-TW': traditional.portal } as const

/** The words of mails to customers that nobody wrote by hand, and of whom they can turn to. */
export const mailTexts = { en: en.caseMail, 'zh-CN': simplified.caseMail, 'zh-TW': traditional.caseMail } as const
