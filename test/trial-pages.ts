import { z } from 'zod'
import { endpoint, nothing, pageAnswer, topics } from '#platform/contract.ts'
import { fact, personal } from '#platform/fact.ts'
import { keepFile } from '#platform/files.ts'
import { module } from '#platform/module.ts'
import { leadTo, page } from '#platform/pages/answer.ts'
import { form } from '#platform/pages/form.ts'
import { html, lines } from '#platform/pages/html.ts'
import { livePart } from '#platform/pages/live.ts'
import { visitOf } from '#platform/pages/visit.ts'
import { wordsOf } from '#platform/pages/words.ts'
import { linkOf, makeLink } from '#platform/private-link.ts'
import { refuse } from '#platform/refusal.ts'
import { tellStream } from '#platform/stream.ts'

/** A module as one that customers write to would be: a form with files, what came of it behind a private link, an answer there, and what happens heard as it happens. */
export const trialSent = fact('trial.sent', z.object({ thingId: z.uuid(), text: personal(z.string()), files: z.int() }))

const words = {
  title: 'Tell us',
  text: 'What happened?',
  email: 'Your e-mail address',
  files: 'Pictures',
  about: 'About',
  send: 'Send',
  thanks: 'We have it',
  reason: { text: { 'too-small': 'A little more, please.' }, 'no-such-order': 'There is no such order.' },
  customerPage: { tell: 'Tell us what went wrong', tellAbout: 'In two steps, without signing in.' },
}
const texts = {
  en: words,
  'zh-CN': {
    ...words,
    title: '告诉我们',
    reason: { ...words.reason, text: { 'too-small': '请再多写一点。' } },
    customerPage: { tell: '告诉我们哪里不好', tellAbout: '两步，不用登录。' },
  },
  'zh-TW': {
    ...words,
    title: '告訴我們',
    reason: { ...words.reason, text: { 'too-small': '請再多寫一點。' } },
    customerPage: { tell: '告訴我們哪裡不好', tellAbout: '兩步，不必登入。' },
  },
}

const open = { permission: 'public', about: 'nobody' } as const
const shown = { ...open, kind: 'page', result: pageAnswer } as const
const token = z.string().max(200)

export const trialApi = {
  ask: endpoint('GET /p/trial', {
    ...shown,
    summary: 'A form',
    input: z.object({ order: z.string().max(40).optional() }),
    page: { framed: true },
  }),
  tell: endpoint('POST /p/trial', {
    ...shown,
    summary: 'Takes it',
    input: z.object({
      text: z.string().trim().min(5).max(200),
      email: z.string().regex(z.regexes.email).optional(),
      about: z.array(z.enum(['tea', 'cup'])),
      order: z.string().max(40).optional(),
      files: z.array(z.uuid()).max(2),
    }),
    page: {
      form: 'ask',
      framed: true,
      files: { field: 'files', most: 2, bytes: 1 << 20, endings: ['.png', '.txt'] },
      sends: { perAddress: 5, overall: 12 },
    },
  }),
  seen: endpoint('GET /p/trial/:token', {
    ...shown,
    summary: 'What came of it',
    input: z.object({ token }),
    link: 'trial.see',
    page: { framed: true },
  }),
  reply: endpoint('POST /p/trial/:token/replies', {
    ...shown,
    summary: 'Takes an answer',
    input: z.object({ token, text: z.string().min(1).max(200) }),
    link: 'trial.see',
    page: { form: 'seen', leastSeconds: 0, framed: true, sends: { perAddress: 100, overall: 1000 } },
  }),
  heard: endpoint('GET /trial/:token/events', {
    ...open,
    kind: 'events',
    summary: 'What happens',
    input: z.object({ token }),
    result: topics,
    link: 'trial.see',
    events: { said: z.object({ number: z.int() }), ended: nothing },
  }),
  copy: endpoint('GET /trial/:token/copy', {
    ...open,
    kind: 'download',
    summary: 'A copy',
    input: z.object({ token }),
    result: z.object({}),
    link: 'trial.see',
  }),
}

/** What was said in each thing; a module would have a table. */
export const said = new Map<string, string[]>()
export const topicOf = (thingId: string) => `trial.thing/${thingId}`

export const trial = module({
  name: 'trial',
  api: trialApi,
  permissions: {},
  facts: [trialSent],
  customerPages: {
    pages: [
      { name: 'tell', path: '/p/trial', order: 10 },
      { name: 'never', path: '/p/never', order: 5, offered: async () => false },
    ],
    texts,
  },
  actions: {
    async ask(context, { order }) {
      const visit = visitOf(context)
      const t = wordsOf(texts, visit.language)
      return page(
        t('title'),
        form({ visit, t }, { to: trialApi.tell, submit: t('send') }, [
          { name: 'order', kind: 'text', label: 'Order', ...(order === undefined ? {} : { value: order }) },
          { name: 'text', kind: 'area', label: t('text'), required: true, most: 200 },
          { name: 'email', kind: 'email', label: t('email'), autoComplete: 'email' },
          {
            name: 'about',
            kind: 'radio',
            label: t('about'),
            options: [
              { value: 'tea', label: 'Tea' },
              { value: 'cup', label: 'Cup' },
            ],
          },
          { name: 'files', kind: 'files', label: t('files') },
        ]),
      )
    },
    async tell(context, { text, order, files }) {
      if (order === 'none') {
        const detail = 'There is no such order'
        throw refuse('conflict', 'no-such-order', detail, { fields: [{ field: 'order', reason: 'no-such-order', detail }] })
      }
      if (order === 'broken') throw new Error('A mistake of ours')
      const thingId = context.newId()
      for (const id of files) if (!(await keepFile(context.db, id))) throw refuse('conflict', 'file-gone', 'A file is gone')
      said.set(thingId, [text])
      await context.publish(trialSent, { thingId, text, files: files.length })
      const { token } = await makeLink(context, { purpose: 'trial.see', thingId, customerId: null, days: 30 })
      return leadTo(`/p/trial/${token}`)
    },
    async seen(context, { token }) {
      const visit = visitOf(context)
      const t = wordsOf(texts, visit.language)
      const { thingId, customerId } = linkOf(context)
      const live = await livePart(context, trialApi.heard, { token }, { follow: true })
      const all = (said.get(thingId) ?? []).map((text) => html`<li>${lines(text)}</li>`)
      const reply = form({ visit, t }, { to: trialApi.reply, path: { token }, submit: t('send'), inPlace: 'said' }, [
        { name: 'text', kind: 'text', label: t('text'), required: true, most: 200 },
      ])
      return page(t('thanks'), html`<ul class="said" id="said" ${live} data-customer="${customerId}">${all}</ul>${reply}`)
    },
    async reply(context, { token, text }) {
      const { thingId } = linkOf(context)
      const all = [...(said.get(thingId) ?? []), text]
      said.set(thingId, all)
      await tellStream(context, [{ topic: topicOf(thingId), kind: 'said', payload: { number: all.length, secret: 'not in the contract' } }])
      return leadTo(`/p/trial/${token}`)
    },
    heard: async (context) => ({ topics: [topicOf(linkOf(context).thingId)] }),
    copy: async (context) =>
      ({ fileName: 'copy.txt', mediaType: 'text/plain', content: (said.get(linkOf(context).thingId) ?? []).join('\n') }) as never,
  },
})

/** The values that a form on a page would send, without what a person would type. */
export function hiddenOf(page: string, action: string): Record<string, string> {
  const found = [...page.matchAll(/<form[^>]*action="([^"?]*)[^"]*"[\s\S]*?<\/form>/g)].find(([, to]) => to === action)?.[0] ?? ''
  return Object.fromEntries(
    [...found.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [name!, value!]),
  )
}
