/** Headers whose values nobody may read. */
export const secretHeader =
  /^(authorization|proxy-authorization|cookie)$|token|secret|key|password/i;
