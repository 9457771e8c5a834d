/** What learning may take. */
export interface TrainingOptions {
  /** Jobs that run at a time, each in a thread of its own: 1 to 16; 1 unless told. */
  readonly workers?: number
  /**
   * Take every like into the factors within a minute, between two trainings; false unless told. It
   * takes a thread, and some 50 bytes of memory per like of the log.
   */
  readonly online?: boolean
  /** What a job may hold in memory unless it is told otherwise, in MB; 2,048 unless told. */
  readonly memoryMb?: number
}
