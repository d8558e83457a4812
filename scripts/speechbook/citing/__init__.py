"""How works are cited: the notes' short form and the bibliography's full form.

Both follow *The Chicago Manual of Style*, 17th edition, notes and bibliography
(chapters 14.23-14.36 for shortened notes, 14.61-14.71 for bibliographies).
"""
