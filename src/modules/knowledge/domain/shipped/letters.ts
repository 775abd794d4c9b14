import type { Letter, Letters, TemplateKind } from '../template.ts'
import type { Language, Texts } from '../texts.ts'

export interface ShippedTemplate {
  readonly id: string
  readonly key: string
  readonly kind: TemplateKind
  readonly name: Texts
  readonly texts: Letters
}

const letter = (subject: string, ...paragraphs: readonly string[]): Letter => ({ subject, body: paragraphs.join('\n\n') })

/** How every letter begins and ends; what is not known leaves no hole. */
const from: Readonly<Record<Language, { dear: string; regards: string; follow: string }>> = {
  en: {
    dear: 'Dear {{customerName}},',
    regards: 'Kind regards\n{{agentName}}\n{{#departmentName}}\n{{departmentName}}\n{{/departmentName}}\n{{companyName}}\n{{contactLine}}',
    follow: '{{#statusLink}}\nYou can see how far we are at any time: {{statusLink}}\n{{/statusLink}}',
  },
  'zh-CN': {
    dear: '{{customerName}}，您好！',
    regards: '此致\n敬礼\n\n{{companyName}}{{departmentName}}\n{{agentName}}\n{{contactLine}}',
    follow: '{{#statusLink}}\n您可以随时查看处理进度：{{statusLink}}\n{{/statusLink}}',
  },
  'zh-TW': {
    dear: '{{customerName}} 您好：',
    regards: '敬祝 順心\n\n{{companyName}}{{departmentName}}\n{{agentName}}\n{{contactLine}}',
    follow: '{{#statusLink}}\n您可以隨時查看處理進度：{{statusLink}}\n{{/statusLink}}',
  },
}
const letters = (
  number: number,
  key: string,
  kind: TemplateKind,
  name: Texts,
  texts: Readonly<Record<Language, readonly [subject: string, ...paragraphs: readonly string[]]>>,
): ShippedTemplate => {
  const whole = (language: Language) => {
    const [subject, ...paragraphs] = texts[language]
    return letter(subject, from[language].dear, ...paragraphs, from[language].follow, from[language].regards)
  }
  return {
    id: `0198c0de-0030-7000-8000-000000000${200 + number}`,
    key,
    kind,
    name,
    texts: { en: whole('en'), 'zh-CN': whole('zh-CN'), 'zh-TW': whole('zh-TW') },
  }
}

/** Replies that the product brings along: one for each kind, in every language. */
export const shippedTemplates: readonly ShippedTemplate[] = [
  letters(
    1,
    'acknowledgement',
    'acknowledgement',
    { en: 'Your message has arrived', 'zh-CN': '已收到您的来信', 'zh-TW': '已收到您的來信' },
    {
      en: [
        'We have received your message ({{caseNumber}})',
        'Thank you for telling us about “{{caseSubject}}”. Your message reached us on {{receivedDay}} and has the number {{caseNumber}}.',
        '{{#promise}}\nThis is what we do first: {{promise}}\n{{/promise}}\nYou will hear from us by {{answerDay}}. If we need more time, we will tell you before that day, and why.',
      ],
      'zh-CN': [
        '我们已收到您的反映（{{caseNumber}}）',
        '感谢您告诉我们“{{caseSubject}}”的情况。我们于{{receivedDay}}收到，编号为 {{caseNumber}}。',
        '{{#promise}}\n我们首先会这样做：{{promise}}\n{{/promise}}\n我们会在{{answerDay}}之前答复您。如果需要更多时间，会在此之前告诉您，并说明原因。',
      ],
      'zh-TW': [
        '我們已收到您的反映（{{caseNumber}}）',
        '感謝您告訴我們「{{caseSubject}}」的情況。我們於{{receivedDay}}收到，編號為 {{caseNumber}}。',
        '{{#promise}}\n我們首先會這樣做：{{promise}}\n{{/promise}}\n我們會在{{answerDay}}之前答覆您。如果需要更多時間，會在此之前告訴您，並說明原因。',
      ],
    },
  ),
  letters(
    2,
    'interim',
    'interim',
    { en: 'It takes longer', 'zh-CN': '还需要一些时间', 'zh-TW': '還需要一些時間' },
    {
      en: [
        'Your case {{caseNumber}}: we need a little longer',
        'We have not finished looking into “{{caseSubject}}”, and we are sorry that you have to wait.',
        '{{explanation}}\n{{#nextStep}}\nThe next step: {{nextStep}}\n{{/nextStep}}\nWe will answer by {{answerDay}}.',
      ],
      'zh-CN': [
        '关于 {{caseNumber}}：我们还需要一些时间',
        '“{{caseSubject}}”的调查还没有完成，让您久等了，非常抱歉。',
        '{{explanation}}\n{{#nextStep}}\n下一步：{{nextStep}}\n{{/nextStep}}\n我们会在{{answerDay}}之前答复您。',
      ],
      'zh-TW': [
        '關於 {{caseNumber}}：我們還需要一些時間',
        '「{{caseSubject}}」的調查還沒有完成，讓您久等了，非常抱歉。',
        '{{explanation}}\n{{#nextStep}}\n下一步：{{nextStep}}\n{{/nextStep}}\n我們會在{{answerDay}}之前答覆您。',
      ],
    },
  ),
  letters(
    3,
    'status',
    'status',
    { en: 'How far we are', 'zh-CN': '处理进度', 'zh-TW': '處理進度' },
    {
      en: [
        'Your case {{caseNumber}}: how far we are',
        'You asked how far we are with “{{caseSubject}}”.',
        '{{explanation}}\n{{#nextStep}}\nThe next step: {{nextStep}}\n{{/nextStep}}\n{{#answerDay}}\nYou will hear from us by {{answerDay}}.\n{{/answerDay}}',
      ],
      'zh-CN': [
        '{{caseNumber}} 的处理进度',
        '您询问了“{{caseSubject}}”的处理进度。',
        '{{explanation}}\n{{#nextStep}}\n下一步：{{nextStep}}\n{{/nextStep}}\n{{#answerDay}}\n我们会在{{answerDay}}之前答复您。\n{{/answerDay}}',
      ],
      'zh-TW': [
        '{{caseNumber}} 的處理進度',
        '您詢問了「{{caseSubject}}」的處理進度。',
        '{{explanation}}\n{{#nextStep}}\n下一步：{{nextStep}}\n{{/nextStep}}\n{{#answerDay}}\n我們會在{{answerDay}}之前答覆您。\n{{/answerDay}}',
      ],
    },
  ),
  letters(
    4,
    'not-established',
    'not-established',
    { en: 'Tactful reply: not established', 'zh-CN': '投诉不成立时的婉转答复', 'zh-TW': '客訴不成立時的婉轉答覆' },
    {
      en: [
        'What we found about “{{caseSubject}}” ({{caseNumber}})',
        'Thank you for writing to us. We understand why it looked to you as you described it, and we have looked into it with care.',
        'This is what we found: {{finding}}',
        '{{explanation}}',
        '{{#nextStep}}\nWhat we can gladly do for you: {{nextStep}}\n{{/nextStep}}\nIf you know of something that we have not seen, please tell us: we will look again, and somebody who has not dealt with it before will read it.',
      ],
      'zh-CN': [
        '关于“{{caseSubject}}”的调查结果（{{caseNumber}}）',
        '感谢您的来信。您为什么会这样看，我们能够理解，也认真做了了解。',
        '我们了解到的情况是：{{finding}}',
        '{{explanation}}',
        '{{#nextStep}}\n我们很乐意为您做的是：{{nextStep}}\n{{/nextStep}}\n如果还有我们没有看到的情况，请告诉我们：我们会重新查看，并由没有经手过的同事复核。',
      ],
      'zh-TW': [
        '關於「{{caseSubject}}」的調查結果（{{caseNumber}}）',
        '感謝您的來信。您為什麼會這樣看，我們能夠理解，也認真做了瞭解。',
        '我們瞭解到的情況是：{{finding}}',
        '{{explanation}}',
        '{{#nextStep}}\n我們很樂意為您做的是：{{nextStep}}\n{{/nextStep}}\n如果還有我們沒有看到的情況，請告訴我們：我們會重新查看，並由沒有經手過的同事複核。',
      ],
    },
  ),
  letters(
    5,
    'apology',
    'apology',
    { en: 'Letter of apology', 'zh-CN': '道歉信', 'zh-TW': '道歉信' },
    {
      en: [
        'We apologise ({{caseNumber}})',
        'You were right to complain. What happened with “{{caseSubject}}” should not have happened, and we apologise for it.',
        '{{finding}}',
        '{{#remedy}}\nThis is how we put it right: {{remedy}}{{#amount}} ({{amount}}){{/amount}}\n{{/remedy}}\n{{#nextStep}}\nSo that it does not happen again: {{nextStep}}\n{{/nextStep}}',
        '{{#promiseDay}}\nAll of it will be done by {{promiseDay}}. \n{{/promiseDay}}\nThank you for giving us the chance to mend it.',
      ],
      'zh-CN': [
        '向您致歉（{{caseNumber}}）',
        '您的投诉是有道理的。“{{caseSubject}}”这样的事本不该发生，我们为此诚恳道歉。',
        '{{finding}}',
        '{{#remedy}}\n我们这样弥补：{{remedy}}{{#amount}}（{{amount}}）{{/amount}}\n{{/remedy}}\n{{#nextStep}}\n为了不再发生：{{nextStep}}\n{{/nextStep}}',
        '{{#promiseDay}}\n以上会在{{promiseDay}}之前全部做到。\n{{/promiseDay}}\n感谢您给我们改正的机会。',
      ],
      'zh-TW': [
        '向您致歉（{{caseNumber}}）',
        '您的客訴是有道理的。「{{caseSubject}}」這樣的事本不該發生，我們為此誠懇道歉。',
        '{{finding}}',
        '{{#remedy}}\n我們這樣彌補：{{remedy}}{{#amount}}（{{amount}}）{{/amount}}\n{{/remedy}}\n{{#nextStep}}\n為了不再發生：{{nextStep}}\n{{/nextStep}}',
        '{{#promiseDay}}\n以上會在{{promiseDay}}之前全部做到。\n{{/promiseDay}}\n感謝您給我們改正的機會。',
      ],
    },
  ),
  letters(
    6,
    'decision',
    'decision',
    { en: 'Our decision', 'zh-CN': '处理决定', 'zh-TW': '處理決定' },
    {
      en: [
        'Our decision on {{caseNumber}}',
        'We have finished looking into “{{caseSubject}}”.',
        'What we found: {{finding}}',
        'What we propose: {{remedy}}{{#amount}} ({{amount}}){{/amount}}\n{{#explanation}}\nWhy: {{explanation}}\n{{/explanation}}\n{{#promiseDay}}\nWe will have done it by {{promiseDay}}.\n{{/promiseDay}}',
        'Please tell us whether this settles the matter for you. If it does not, write to us: we will speak about it again.',
      ],
      'zh-CN': [
        '{{caseNumber}} 的处理决定',
        '“{{caseSubject}}”我们已经调查完毕。',
        '调查结果：{{finding}}',
        '我们的处理方案：{{remedy}}{{#amount}}（{{amount}}）{{/amount}}\n{{#explanation}}\n理由：{{explanation}}\n{{/explanation}}\n{{#promiseDay}}\n我们会在{{promiseDay}}之前办好。\n{{/promiseDay}}',
        '请告诉我们这样处理您是否满意。如果不满意，请给我们回信，我们再商量。',
      ],
      'zh-TW': [
        '{{caseNumber}} 的處理決定',
        '「{{caseSubject}}」我們已經調查完畢。',
        '調查結果：{{finding}}',
        '我們的處理方案：{{remedy}}{{#amount}}（{{amount}}）{{/amount}}\n{{#explanation}}\n理由：{{explanation}}\n{{/explanation}}\n{{#promiseDay}}\n我們會在{{promiseDay}}之前辦好。\n{{/promiseDay}}',
        '請告訴我們這樣處理您是否滿意。如果不滿意，請回信給我們，我們再商量。',
      ],
    },
  ),
  letters(
    7,
    'final-position',
    'final-position',
    { en: 'Final position, and where to turn to', 'zh-CN': '最终答复与申诉途径', 'zh-TW': '最終答覆與申訴管道' },
    {
      en: [
        'Our final position on {{caseNumber}}',
        'We have spoken about “{{caseSubject}}” more than once and have not come to an agreement. This is our final position.',
        '{{finding}}',
        '{{#remedy}}\nWhat we offered, and what still stands: {{remedy}}{{#amount}} ({{amount}}){{/amount}}\n{{/remedy}}\n{{explanation}}',
        'You need not leave it at that. You can turn to: {{escalationContact}}\n{{#escalationDays}}\nPlease do so within {{escalationDays}} days.\n{{/escalationDays}}\nWe will answer their questions openly.',
      ],
      'zh-CN': [
        '{{caseNumber}} 的最终答复',
        '“{{caseSubject}}”我们已多次沟通，仍未达成一致。以下是我们的最终答复。',
        '{{finding}}',
        '{{#remedy}}\n我们提出过并继续有效的方案：{{remedy}}{{#amount}}（{{amount}}）{{/amount}}\n{{/remedy}}\n{{explanation}}',
        '您不必就此为止，还可以向以下机构提出：{{escalationContact}}\n{{#escalationDays}}\n请在 {{escalationDays}} 天之内提出。\n{{/escalationDays}}\n我们会如实回答对方的询问。',
      ],
      'zh-TW': [
        '{{caseNumber}} 的最終答覆',
        '「{{caseSubject}}」我們已多次溝通，仍未達成一致。以下是我們的最終答覆。',
        '{{finding}}',
        '{{#remedy}}\n我們提出過並繼續有效的方案：{{remedy}}{{#amount}}（{{amount}}）{{/amount}}\n{{/remedy}}\n{{explanation}}',
        '您不必就此為止，還可以向以下機構提出：{{escalationContact}}\n{{#escalationDays}}\n請在 {{escalationDays}} 天之內提出。\n{{/escalationDays}}\n我們會如實回答對方的詢問。',
      ],
    },
  ),
  letters(
    8,
    'promise-kept',
    'other',
    { en: 'What we promised is done', 'zh-CN': '承诺的事已经办好', 'zh-TW': '承諾的事已經辦好' },
    {
      en: [
        'Done: what we promised you ({{caseNumber}})',
        'We promised you: {{promise}}. It is done.',
        'Are you content with how it was handled? A short answer helps us, also a critical one.',
      ],
      'zh-CN': [
        '我们答应您的事已经办好（{{caseNumber}}）',
        '我们答应过您：{{promise}}。现在已经办好。',
        '这样处理您是否满意？哪怕只是一句话，哪怕是批评，对我们都很有帮助。',
      ],
      'zh-TW': [
        '我們答應您的事已經辦好（{{caseNumber}}）',
        '我們答應過您：{{promise}}。現在已經辦好。',
        '這樣處理您是否滿意？哪怕只是一句話，哪怕是批評，對我們都很有幫助。',
      ],
    },
  ),
]
