/** The four elements of a customer strategy: understanding customers, competing for them, their affinity to the company, and managing them. */
export const strategyElements = ['understanding', 'competition', 'affinity', 'management'] as const
/** The three questions that it has to answer: who is the customer, what do they want, how are they looked after. */
export const strategyQuestions = ['who', 'want', 'managed'] as const
export const strategyParts = [...strategyElements, ...strategyQuestions] as const
export type StrategyPart = (typeof strategyParts)[number]

export type StrategyContent = Readonly<Record<StrategyPart, string>>

export const emptyStrategy: StrategyContent = {
  understanding: '',
  competition: '',
  affinity: '',
  management: '',
  who: '',
  want: '',
  managed: '',
}

/** The parts that nobody has written yet; a strategy is complete when there are none. */
export const missingParts = (content: StrategyContent): StrategyPart[] => strategyParts.filter((part) => content[part].trim() === '')
