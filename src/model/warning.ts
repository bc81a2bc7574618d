/** A warning lives on the object that it concerns and ends with the next action. */
export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly next: string;
}
