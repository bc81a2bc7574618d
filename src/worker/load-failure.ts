/** A load that cannot be made, for a known cause: its message says what to do, and no stack is wanted. */
export class LoadFailure extends Error {}
