import en from './en.json' with { type: 'json' }
import simplified from './zh-CN.json' with { type: 'json' }
import traditional from './zh-TW.json' with { type: 'json' }

/** The module's words where no browser is: names of policies for other modules. */
export const texts = { en, 'zh-CN': simplified, 'zh-TW': traditional } as const
