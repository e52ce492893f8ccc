/** The left cell of the pair: what the caller has. */
export interface ReplyCell {
  readonly state: 'none' | 'given' | 'failed'
  /** 'No reply yet', 'Replied 12 ms'. */
  readonly text: string
}

/** The right cell of the pair: how the run stands. */
export interface SettledCell {
  readonly state: 'running' | 'background' | 'done' | 'failed' | 'waiting' | 'paused' | 'kept' | 'cancelled'
  /** '431 of 1,200 in background', 'Settled 4 min 58 s'. */
  readonly text: string
  /** From 0 to 1, drawn as a line under the words. */
  readonly progress?: number | undefined
}
