/** What is said in every language of the demo. */
export interface Texts {
  readonly en: string
  readonly 'zh-CN': string
  readonly 'zh-TW': string
}

export const texts = (en: string, simplified: string, traditional: string): Texts => ({ en, 'zh-CN': simplified, 'zh-TW': traditional })
