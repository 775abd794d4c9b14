import type { PhraseRule } from './phrases.ts'

type Shipped = Omit<PhraseRule, 'language' | 'gap'> & { readonly gap?: number }
const of = (language: PhraseRule['language'], rules: readonly Shipped[]): PhraseRule[] =>
  rules.map((rule) => ({ gap: 0, ...rule, key: `${rule.key}-${language}`, language }))

/** What the product warns of until somebody writes other rules. Chinese warns of 但是 also where nothing was granted before: it is heard as a no. */
export const shippedPhrases: readonly PhraseRule[] = [
  ...of('en', [
    {
      key: 'yes-but',
      kind: 'contradiction',
      parts: [
        [
          'yes',
          'sure',
          'of course',
          'I understand',
          'I see',
          'I hear you',
          'I agree',
          'you are right',
          "you're right",
          'I am sorry',
          "I'm sorry",
        ],
        ['but', 'however'],
      ],
      gap: 60,
      proposals: ['yes, and', 'unless'],
    },
    {
      key: 'blame',
      kind: 'blame',
      parts: [
        [
          'your fault',
          'your mistake',
          'you should have',
          'you must have',
          'you failed to',
          "you didn't",
          'you did not',
          'as I already told you',
        ],
      ],
      proposals: ['let us look at it together', 'what happened was'],
    },
    {
      key: 'absolute',
      kind: 'absolute',
      parts: [['never', 'always', 'impossible', 'nobody else', 'everybody else', 'out of the question']],
      proposals: ['so far', 'in most cases', 'what I can do is'],
    },
    {
      key: 'brush-off',
      kind: 'brush-off',
      parts: [
        ['company policy', 'not my job', 'not my department', 'nothing I can do', 'nothing we can do', 'calm down', 'you have to call'],
      ],
      proposals: ['this is what I can do for you', 'I will find out who can, and call you back'],
    },
    {
      key: 'argument',
      kind: 'argument',
      parts: [
        [
          'you are wrong',
          "you're wrong",
          'you are mistaken',
          "you're mistaken",
          'that is not true',
          "that's not true",
          'you misunderstood',
        ],
      ],
      proposals: ['I may not have said it clearly', 'may I tell you how I see it'],
    },
  ]),
  ...of('zh-CN', [
    {
      key: 'yes-but',
      kind: 'contradiction',
      parts: [
        ['是的', '是，', '对，', '没错', '您说得对', '你说得对', '我理解', '我明白', '很抱歉', '对不起'],
        ['但是', '但', '可是', '不过', '然而'],
      ],
      gap: 24,
      proposals: ['是…而…', '除非…'],
    },
    { key: 'but', kind: 'contradiction', parts: [['但是', '可是']], proposals: ['而', '同时', '除非…'] },
    {
      key: 'blame',
      kind: 'blame',
      parts: [['您的错', '你的错', '您自己', '你自己', '您应该早', '你应该早', '谁让您', '谁让你', '早就告诉', '您没有按', '你没有按']],
      proposals: ['我们一起来看看', '当时的情况是'],
    },
    {
      key: 'absolute',
      kind: 'absolute',
      parts: [['不可能', '绝对', '从来没有', '从来不', '肯定不会', '百分之百', '别人都']],
      proposals: ['目前为止', '多数情况下', '我现在能做的是'],
    },
    {
      key: 'brush-off',
      kind: 'brush-off',
      parts: [['这是规定', '公司规定', '不归我管', '不是我的责任', '没办法', '我不知道', '冷静一点', '冷静一下', '您要自己']],
      proposals: ['我可以为您做的是', '我去问清楚，再给您回电话'],
    },
    {
      key: 'argument',
      kind: 'argument',
      parts: [['您错了', '你错了', '您误会了', '你误会了', '不是这样的', '您搞错了', '你搞错了']],
      proposals: ['可能是我没有说清楚', '我说说我了解到的情况，您看对不对'],
    },
  ]),
  ...of('zh-TW', [
    {
      key: 'yes-but',
      kind: 'contradiction',
      parts: [
        ['是的', '是，', '對，', '沒錯', '您說得對', '你說得對', '我理解', '我明白', '很抱歉', '對不起'],
        ['但是', '但', '可是', '不過', '然而'],
      ],
      gap: 24,
      proposals: ['是…而…', '除非…'],
    },
    { key: 'but', kind: 'contradiction', parts: [['但是', '可是']], proposals: ['而', '同時', '除非…'] },
    {
      key: 'blame',
      kind: 'blame',
      parts: [['您的錯', '你的錯', '您自己', '你自己', '您應該早', '你應該早', '誰叫您', '誰叫你', '早就告訴', '您沒有照', '你沒有照']],
      proposals: ['我們一起來看看', '當時的情況是'],
    },
    {
      key: 'absolute',
      kind: 'absolute',
      parts: [['不可能', '絕對', '從來沒有', '從來不', '肯定不會', '百分之百', '別人都']],
      proposals: ['到目前為止', '多數情況下', '我現在能做的是'],
    },
    {
      key: 'brush-off',
      kind: 'brush-off',
      parts: [['這是規定', '公司規定', '不歸我管', '不是我的責任', '沒辦法', '我不知道', '冷靜一點', '冷靜一下', '您要自己']],
      proposals: ['我可以為您做的是', '我去問清楚，再回電話給您'],
    },
    {
      key: 'argument',
      kind: 'argument',
      parts: [['您錯了', '你錯了', '您誤會了', '你誤會了', '不是這樣的', '您搞錯了', '你搞錯了']],
      proposals: ['可能是我沒有說清楚', '我說說我瞭解到的情況，您看對不對'],
    },
  ]),
]
