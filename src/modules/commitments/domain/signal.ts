/** What was heard moves from captured to judged to reacted (B-04); what is not true or not important is dismissed when it is judged. */
export const signalStates = ['captured', 'judged', 'reacted', 'dismissed'] as const
export type SignalState = (typeof signalStates)[number]

export interface Judgement {
  readonly isTrue: boolean
  readonly isImportant: boolean
}

export const judged = ({ isTrue, isImportant }: Judgement): SignalState => (isTrue && isImportant ? 'judged' : 'dismissed')

export const mayJudge = (state: SignalState): boolean => state === 'captured' || state === 'judged'
export const mayReact = (state: SignalState): boolean => state === 'judged'

/** Nobody reacted for longer than so many days. */
export const isUnreacted = (signal: { readonly state: SignalState; readonly capturedAt: Date }, days: number, now: Date): boolean =>
  (signal.state === 'captured' || signal.state === 'judged') && now.getTime() - signal.capturedAt.getTime() > days * 86_400_000
