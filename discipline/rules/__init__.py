"""Rules of party discipline: pure functions over dated rule sets, of the procedure and of the violation apart."""
